import { describe, expect } from 'vitest';
import { decisionsIn, outboxIn } from '../../support/client/rows.js';
import {
  newEmail,
  pressOn,
  signInOn,
  syncNow,
  test,
  until,
  untilSynced,
} from '../../support/client/server-world.js';

const GRANTED = { analytics: 'granted', advertising: 'granted' };
const DENIED = { analytics: 'denied', advertising: 'denied' };

describe('the client with the real server', () => {
  test('sends what was decided and hears that it was received', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    expect(device.rig.view().subject).toMatchObject({ kind: 'signed-in', remembered: true });
    await pressOn(device, 'accept-all');
    await until(() =>
      expect(device.rig.view().sync).toEqual({ state: 'synced', waiting: 0, problem: 'none' }),
    );
    const [row] = decisionsIn(device.rig.file);
    expect(row?.receivedAtMs).toBe(world.server.clock.nowMs);
    expect(device.rig.states()).toEqual(GRANTED);
  });

  test('keeps what was decided offline, says so, and sends it in order when it can', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    device.network.up = false;
    for (const action of ['accept-all', 'necessary-only', 'accept-all', 'withdraw'] as const) {
      await pressOn(device, action);
    }
    await until(() => {
      const waiting = { state: 'waiting', waiting: 4, problem: 'no-network' };
      expect(device.rig.view().sync).toEqual(waiting);
    });
    expect(device.rig.states()).toEqual(DENIED);
    device.network.up = true;
    await syncNow(device);
    await untilSynced(device);
    const kept = world.server.database.prepare('SELECT id FROM entries ORDER BY position').all();
    const own = decisionsIn(device.rig.file).map(({ decision }) => ({ id: decision.id }));
    expect(kept).toEqual(own);
  });

  test('brings two devices of one account to the same state', async ({ world }) => {
    const [one, other] = [await world.device(), await world.device()];
    const email = newEmail();
    await signInOn(one, email, { create: true });
    await pressOn(one, 'accept-all');
    await untilSynced(one);
    await signInOn(other, email);
    await until(() => expect(other.rig.states()).toEqual(GRANTED));
    await pressOn(other, 'necessary-only');
    await until(() => expect(other.rig.view().sync.waiting).toBe(0));
    await syncNow(one);
    await until(() => expect(one.rig.states()).toEqual(DENIED));
    const ids = (device: typeof one): string[] =>
      decisionsIn(device.rig.file)
        .map(({ decision }) => decision.id)
        .toSorted();
    expect(ids(one)).toEqual(ids(other));
  });

  test('lets the refusal win when two devices answer without knowing of each other', async ({
    world,
  }) => {
    const [one, other] = [await world.device(), await world.device()];
    const email = newEmail();
    await signInOn(one, email, { create: true });
    await signInOn(other, email);
    for (const device of [one, other]) {
      await untilSynced(device);
      device.network.up = false;
    }
    await pressOn(other, 'necessary-only');
    // The grant is the later one, by the clock and by its arrival, and still loses.
    one.clock.nowMs += 60_000;
    await pressOn(one, 'accept-all');
    for (const device of [other, one, other]) {
      device.network.up = true;
      await syncNow(device);
      await untilSynced(device);
    }
    for (const device of [one, other]) {
      await syncNow(device);
      await until(() => expect(device.rig.states()).toEqual(DENIED));
    }
    await pressOn(one, 'accept-all');
    await until(() => expect(one.rig.view().sync.waiting).toBe(0));
    await syncNow(other);
    await until(() => expect(other.rig.states()).toEqual(GRANTED));
  });

  test('keeps every decision once when the answer to it is lost', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    const lost = device.network.hold('/v1/decisions', 'after');
    await pressOn(device, 'accept-all');
    await lost.reached;
    await device.rig.crash();
    device.start();
    expect(outboxIn(device.rig.file, 'waiting')).toHaveLength(1);
    await device.rig.core.begin();
    await untilSynced(device);
    const count = world.server.database.prepare('SELECT count(*) AS n FROM entries').get();
    expect(count).toEqual({ n: 1 });
    expect(decisionsIn(device.rig.file)).toHaveLength(1);
  });

  test('keeps services apart: the account of one is nobody at the other', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await pressOn(device, 'accept-all');
    await untilSynced(device);
    expect(device.rig.view('beta').subject.kind).toBe('signed-out');
    expect(device.rig.states('beta')).toEqual({ analytics: 'not-asked', advertising: 'not-asked' });
    await pressOn(device, 'necessary-only', 'beta');
    expect(device.rig.states()).toEqual(GRANTED);
    const devices = decisionsIn(device.rig.file).map(({ decision }) => decision.device);
    expect(new Set(devices).size).toBe(2);
    expect(device.network.asked.filter((asked) => asked.includes('/beta/'))).toEqual([]);
  });
});
