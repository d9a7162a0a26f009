import { describe, expect } from 'vitest';
import { countIn, decisionsIn, outboxIn } from '../../support/client/rows.js';
import {
  type Device,
  newEmail,
  pressOn,
  type ServerWorld,
  signInOn,
  syncNow,
  test,
  until,
  untilSynced,
} from '../../support/client/server-world.js';
import { call } from '../server/support/client.js';

const DAY_MS = 86_400_000;
const DENIED = { analytics: 'denied', advertising: 'denied' };

function tokenOf(device: Device): string {
  const [token] = device.keychain.of('token');
  if (token === undefined) throw new Error('no token is kept');
  return token;
}

describe('a session that was ended elsewhere', () => {
  test('is signed out here, and everything of the account goes', async ({ world }) => {
    const device = await world.device();
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await pressOn(device, 'accept-all');
    await untilSynced(device);
    const token = tokenOf(device);
    await call(`${world.server.origin}/alpha/v1/session`, 'DELETE', { token });
    await syncNow(device);
    await until(() => expect(device.rig.view().subject.kind).toBe('signed-out'));
    await until(() => expect(countIn(device.rig.file, 'decision')).toBe(0));
    for (const table of ['session', 'outbox', 'head'])
      expect(countIn(device.rig.file, table)).toBe(0);
    expect([...device.keychain.of('token'), ...device.keychain.of('device')]).toEqual([]);
    expect(device.rig.states()).toEqual({ analytics: 'not-asked', advertising: 'not-asked' });
    expect(device.rig.view().sync).toEqual({ state: 'local', waiting: 0, problem: 'none' });
  });

  test('leaves the device its own denials, and asks about its grants again', async ({ world }) => {
    const device = await world.device();
    const { revision } = device.rig.view();
    const choices = { analytics: 'granted', advertising: 'denied' } as const;
    const press = { service: 'alpha', revision, action: 'save', surface: 'settings' } as const;
    expect((await device.rig.handlers['consent.decide']({ ...press, choices })).ok).toBe(true);
    await signInOn(device, newEmail(), { create: true });
    await call(`${world.server.origin}/alpha/v1/session`, 'DELETE', { token: tokenOf(device) });
    await syncNow(device);
    await until(() => expect(device.rig.view().subject.kind).toBe('signed-out'));
    expect(device.rig.states()).toEqual({ analytics: 'ask-again', advertising: 'denied' });
    expect(decisionsIn(device.rig.file)).toHaveLength(2);
  });
});

describe('a session that ran out', () => {
  async function ranOut(world: ServerWorld, email: string): Promise<Device> {
    const device = await world.device();
    await signInOn(device, email, { create: true });
    await pressOn(device, 'accept-all');
    await untilSynced(device);
    for (const clock of [world.server.clock, device.clock]) clock.nowMs += 31 * DAY_MS;
    await syncNow(device);
    await until(() => expect(device.rig.view().subject.kind).toBe('expired'));
    return device;
  }

  test('keeps its subject, and takes and sends a refusal all the same', async ({ world }) => {
    const email = newEmail();
    const device = await ranOut(world, email);
    expect(device.rig.states()).toEqual({ analytics: 'granted', advertising: 'granted' });
    device.network.up = false;
    await pressOn(device, 'necessary-only');
    expect(device.rig.states()).toEqual(DENIED);
    expect(device.rig.view().sync).toEqual({
      state: 'waiting',
      waiting: 1,
      problem: 'session-expired',
    });
    // Neither a try nor a restart changes that, until there is a network.
    await syncNow(device);
    await device.rig.stop();
    device.start();
    await device.rig.core.begin();
    expect(device.rig.view().subject.kind).toBe('expired');
    expect(outboxIn(device.rig.file, 'waiting')).toHaveLength(1);
    device.network.up = true;
    await syncNow(device);
    await until(() => expect(outboxIn(device.rig.file, 'waiting')).toEqual([]));
    expect(device.rig.view().subject.kind).toBe('expired');
    await signInOn(device, email);
    await untilSynced(device);
    expect(device.rig.states()).toEqual(DENIED);
    const { n } = world.server.database.prepare('SELECT count(*) AS n FROM entries').get() as {
      n: number;
    };
    expect(n).toBe(2);
    const seqs = decisionsIn(device.rig.file).map(({ decision }) => decision.seq);
    expect(seqs).toEqual([1, 2]);
  });

  test('gives nothing of it to another account', async ({ world }) => {
    const device = await ranOut(world, newEmail());
    await pressOn(device, 'necessary-only');
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    expect(device.rig.states()).toEqual({ analytics: 'not-asked', advertising: 'not-asked' });
    expect(decisionsIn(device.rig.file)).toEqual([]);
  });
});
