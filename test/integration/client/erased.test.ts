import { describe, expect } from 'vitest';
import { textsIn } from '../../support/client/raw-files.js';
import { decisionsIn } from '../../support/client/rows.js';
import {
  type Device,
  newEmail,
  pressOn,
  signInOn,
  syncNow,
  test,
  until,
  untilSynced,
} from '../../support/client/server-world.js';

const DAY_MS = 86_400_000;

/** Decides a few times for an account; the texts of it that must not outlive it on this device. */
async function tracesOf(device: Device, email: string): Promise<string[]> {
  await signInOn(device, email, { create: true });
  for (const action of ['accept-all', 'necessary-only', 'withdraw'] as const) {
    await pressOn(device, action);
  }
  await untilSynced(device);
  device.network.up = false;
  await pressOn(device, 'accept-all');
  const session = device.rig.store.sessions.get('alpha');
  const ids = decisionsIn(device.rig.file).map(({ decision }) => decision.id);
  expect(ids).toHaveLength(4);
  return [...ids, session?.sessionId ?? '', 'accept-all', 'necessary-only'];
}

describe('what an account leaves behind', () => {
  test('is nothing of its decisions after signing out, anywhere in the file or beside it', async ({
    world,
  }) => {
    const device = await world.device();
    const traces = await tracesOf(device, newEmail());
    // The search itself can find them while they are there.
    expect(textsIn(device.rig.file, traces)).toEqual(traces);
    expect((await device.rig.handlers['session.signOut']({ service: 'alpha' })).ok).toBe(true);
    expect(textsIn(device.rig.file, traces)).toEqual([]);
    await device.rig.stop();
    expect(textsIn(device.rig.file, traces)).toEqual([]);
  });

  test('is nothing either once another account takes the place of one that ran out', async ({
    world,
  }) => {
    const device = await world.device();
    const traces = await tracesOf(device, newEmail());
    device.network.up = true;
    for (const clock of [world.server.clock, device.clock]) clock.nowMs += 31 * DAY_MS;
    await syncNow(device);
    await until(() => expect(device.rig.view().subject.kind).toBe('expired'));
    await signInOn(device, newEmail(), { create: true });
    expect(textsIn(device.rig.file, traces)).toEqual([]);
  });

  test('never was its e-mail address, its token or its key', async ({ world }) => {
    const device = await world.device();
    const email = newEmail();
    await tracesOf(device, email);
    const [token = ''] = device.keychain.of('token');
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const [key = ''] = device.keychain.of('device');
    // The private part is the last 32 bytes of what the keychain keeps.
    const seed = Buffer.from(key, 'base64url').subarray(-32);
    expect(seed).toHaveLength(32);
    const secrets = [email, token, key, seed.toString('base64url'), seed.toString('hex')];
    expect(textsIn(device.rig.file, secrets)).toEqual([]);
  });
});
