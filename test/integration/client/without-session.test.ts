import { describe, expect } from 'vitest';
import { checkDatabase } from '../../../src-main/store/index.js';
import { countIn, decisionsIn, outboxIn } from '../../support/client/rows.js';
import {
  type Device,
  newEmail,
  pressOn,
  quietly,
  type ServerWorld,
  signInOn,
  syncNow,
  test,
  until,
  untilSynced,
} from '../../support/client/server-world.js';
import { call } from '../server/support/client.js';

const DAY_MS = 86_400_000;
const ALPHA = { service: 'alpha' };
const DENIED = { analytics: 'denied', advertising: 'denied' };

/** What the server keeps, in order of arrival: `header` where it has no words. */
function kept({ server }: ServerWorld): string[] {
  const sql = 'SELECT decision AS jcs FROM entries ORDER BY position';
  return server.database
    .prepare(sql)
    .all()
    .map((row) => {
      const { jcs } = row as { jcs: string | null };
      return jcs === null ? 'header' : (JSON.parse(jcs) as { action: string }).action;
    });
}

/** Signed in, with nothing waiting, and then the session runs out. */
async function ranOut(world: ServerWorld, email: string): Promise<Device> {
  const device = await world.device();
  await signInOn(device, email, { create: true });
  await untilSynced(device);
  for (const clock of [world.server.clock, device.clock]) clock.nowMs += 31 * DAY_MS;
  await syncNow(device);
  await until(() => expect(device.rig.view().subject.kind).toBe('expired'));
  return device;
}

describe('under a session that ran out', () => {
  test('a refusal arrives at once, with the proof of it, and a grant waits for a sign-in', async ({
    world,
  }) => {
    const email = newEmail();
    const device = await ranOut(world, email);
    await pressOn(device, 'accept-all');
    await pressOn(device, 'necessary-only');
    await until(() => expect(kept(world)).toEqual(['header', 'necessary-only']));
    await until(() => expect(countIn(device.rig.file, 'receipt')).toBe(1));
    const [waiting] = outboxIn(device.rig.file, 'waiting');
    expect(waiting).toBe(decisionsIn(device.rig.file)[0]?.decision.id);
    const { items, counts, sync } = device.rig.core.sync.detail('alpha');
    expect(counts).toEqual({ waiting: 1, refused: 0 });
    expect(sync.problem).toBe('session-expired');
    expect(items).toMatchObject([{ id: waiting, state: 'waiting', needsSignIn: true }]);
    expect(device.rig.view().subject.kind).toBe('expired');

    const other = await world.device();
    other.clock.nowMs = device.clock.nowMs;
    await signInOn(other, email);
    await until(() => expect(other.rig.states()).toEqual(DENIED));
    world.server.clock.nowMs += 1000;
    await signInOn(device, email);
    await untilSynced(device);
    // The words have taken the place of the header, at the end.
    await until(() => expect(kept(world)).toEqual(['necessary-only', 'accept-all']));
    expect(countIn(device.rig.file, 'receipt')).toBe(2);
    await syncNow(other);
    await until(() => expect(decisionsIn(other.rig.file)).toHaveLength(2));
    expect([device.rig.states(), other.rig.states()]).toEqual([DENIED, DENIED]);
    // What is kept is what was written, on both.
    for (const { rig } of [device, other]) {
      expect((await checkDatabase(rig.file)).findings).toEqual({});
    }
  });

  test('a completed grant counts everywhere once no refusal stands against it', async ({
    world,
  }) => {
    const email = newEmail();
    const device = await ranOut(world, email);
    const { revision } = device.rig.view();
    const said = (choices: Record<string, 'granted' | 'denied'>) =>
      device.rig.handlers['consent.decide']({
        ...ALPHA,
        revision,
        action: 'save',
        surface: 'settings',
        choices,
      });
    await said({ analytics: 'granted' });
    await said({ advertising: 'denied' });
    await until(() => expect(kept(world)).toEqual(['header', 'save']));
    const other = await world.device();
    other.clock.nowMs = device.clock.nowMs;
    await signInOn(other, email);
    await until(() =>
      expect(other.rig.states()).toEqual({ analytics: 'ask-again', advertising: 'denied' }),
    );
    world.server.clock.nowMs += 1000;
    await signInOn(device, email);
    await untilSynced(device);
    await syncNow(other);
    await until(() =>
      expect(other.rig.states()).toEqual({ analytics: 'granted', advertising: 'denied' }),
    );
    expect(other.rig.states()).toEqual(device.rig.states());
  });

  test('a crash after the server has taken it doubles nothing', async ({ world }) => {
    const device = await ranOut(world, newEmail());
    const lost = device.network.hold('/v1/decisions', 'after');
    await pressOn(device, 'accept-all');
    await pressOn(device, 'necessary-only');
    await lost.reached;
    await device.rig.crash();
    device.start();
    expect(outboxIn(device.rig.file, 'waiting')).toHaveLength(2);
    await device.rig.core.begin();
    await until(() => expect(outboxIn(device.rig.file, 'waiting')).toHaveLength(1));
    expect(kept(world)).toEqual(['header', 'necessary-only']);
  });

  test('nothing is sent without a token before the keychain was looked into', async ({ world }) => {
    const device = await ranOut(world, newEmail());
    device.network.up = false;
    await pressOn(device, 'necessary-only');
    await device.rig.stop();
    device.start();
    device.network.up = true;
    const before = device.network.asked.length;
    await syncNow(device);
    await quietly(device);
    expect(device.network.asked.slice(before)).toEqual([]);
    await device.rig.core.begin();
    await until(() => expect(kept(world)).toEqual(['necessary-only']));
  });

  test('signing in as somebody else sends nothing as them, and the refusals all the same', async ({
    world,
  }) => {
    const device = await ranOut(world, newEmail());
    const first = device.rig.store.sessions.get('alpha')?.accountId ?? '';
    device.network.up = false;
    await pressOn(device, 'accept-all');
    await pressOn(device, 'necessary-only');
    device.network.up = true;
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    await until(() => expect(kept(world)).toEqual(['header', 'necessary-only']));
    const owners = world.server.database.prepare('SELECT DISTINCT account_id AS id FROM entries');
    expect(owners.all()).toEqual([{ id: first }]);
    expect(device.rig.states()).toEqual({ analytics: 'not-asked', advertising: 'not-asked' });
    await until(() => expect(countIn(device.rig.file, 'parting')).toBe(0));
    expect(decisionsIn(device.rig.file)).toEqual([]);
  });

  test('what the service does not take waits, and is asked about no more until a sign-in', async ({
    world,
  }) => {
    const device = await ranOut(world, newEmail());
    // As if the service had lost the key: then nobody can tell whose word it is.
    world.server.database.prepare('DELETE FROM device_keys').run();
    await pressOn(device, 'necessary-only');
    await until(() => {
      const [item] = device.rig.core.sync.detail('alpha').items;
      expect(item).toMatchObject({ state: 'waiting', needsSignIn: true });
    });
    const before = device.network.asked.length;
    await syncNow(device);
    await quietly(device);
    expect(device.network.asked.slice(before)).toEqual([]);
    expect(device.rig.states()).toEqual(DENIED);
    expect(kept(world)).toEqual([]);
  });
});

describe('after a sign-out', () => {
  test('a refusal that was erased before it arrived closes all the same, without its words', async ({
    world,
  }) => {
    const email = newEmail();
    const [device, other] = [await world.device(), await world.device()];
    await signInOn(device, email, { create: true });
    await pressOn(device, 'accept-all');
    await untilSynced(device);
    await signInOn(other, email);
    await until(() => expect(other.rig.states()).toMatchObject({ analytics: 'granted' }));
    device.network.up = false;
    await pressOn(device, 'necessary-only');
    const refusal = decisionsIn(device.rig.file)[1]?.decision.id ?? '';
    await device.rig.handlers['history.erase']({ ...ALPHA, id: refusal });
    await device.rig.handlers['session.signOut'](ALPHA);
    device.network.up = true;
    await syncNow(device);
    await until(() => expect(kept(world)).toEqual(['accept-all', 'header']));
    await syncNow(other);
    await until(() =>
      expect(other.rig.states()).toEqual({ analytics: 'ask-again', advertising: 'ask-again' }),
    );
  });

  test('refusals arrive when there is a network, also after a crash, and grants are gone', async ({
    world,
  }) => {
    const device = await world.device();
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await untilSynced(device);
    device.network.up = false;
    await pressOn(device, 'accept-all');
    await pressOn(device, 'necessary-only');
    await pressOn(device, 'accept-all');
    expect(await device.rig.handlers['session.unsent'](ALPHA)).toEqual({ waiting: 3, grants: 2 });
    await device.rig.handlers['session.signOut'](ALPHA);
    expect(decisionsIn(device.rig.file)).toEqual([]);
    expect(device.rig.core.sync.detail('alpha')).toMatchObject({ parting: 2, items: [] });
    await device.rig.crash();
    device.start();
    device.network.up = true;
    await device.rig.core.begin();
    await until(() => expect(kept(world)).toEqual(['header', 'necessary-only']));
    await until(() => expect(countIn(device.rig.file, 'parting')).toBe(0));
    await until(() => expect(countIn(device.rig.file, 'revoke_handle')).toBe(0));
    await signInOn(device, email);
    await until(() => expect(device.rig.states()).toEqual(DENIED));
  });

  test('what was said while the key was locked is signed before the key goes', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    await device.rig.stop();
    device.start();
    await pressOn(device, 'necessary-only');
    device.network.up = false;
    await device.rig.core.begin();
    await device.rig.handlers['session.signOut'](ALPHA);
    device.network.up = true;
    await syncNow(device);
    await until(() => expect(kept(world)).toEqual(['necessary-only']));
  });

  test('the same when the session was ended elsewhere, and when the app quits without keeping it', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    const [token = ''] = device.keychain.of('token');
    await call(`${world.server.origin}/alpha/v1/session`, 'DELETE', { token });
    await pressOn(device, 'necessary-only');
    await until(() => expect(device.rig.view().subject.kind).toBe('signed-out'));
    await until(() => expect(kept(world)).toEqual(['necessary-only']));

    await signInOn(device, newEmail(), { create: true, remember: false });
    await untilSynced(device);
    device.network.up = false;
    await pressOn(device, 'withdraw');
    await device.rig.stop();
    device.start();
    device.network.up = true;
    await device.rig.core.begin();
    await until(() => expect(kept(world)).toEqual(['necessary-only', 'withdraw']));
  });

  test('a page in the place of an answer takes nothing away', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    device.network.up = false;
    await pressOn(device, 'necessary-only');
    await device.rig.handlers['session.signOut'](ALPHA);
    const newest = () => device.rig.core.sync.detail('alpha').tries[0]?.problem;
    await until(() => expect(newest()).toBe('no-network'));
    await quietly(device);
    const page = (): Response =>
      new Response('<html>Welcome</html>', { headers: { 'content-type': 'text/html' } });
    device.network.instead('/v1/decisions', page());
    device.network.instead('/v1/sessions/revoke', page());
    device.network.up = true;
    await syncNow(device);
    await until(() => expect(newest()).toBe('not-understood'));
    expect([
      countIn(device.rig.file, 'parting'),
      countIn(device.rig.file, 'revoke_handle'),
    ]).toEqual([1, 1]);
    device.rig.timers.fireAll();
    await until(() => expect(kept(world)).toEqual(['necessary-only']));
    await until(() => expect(countIn(device.rig.file, 'revoke_handle')).toBe(0));
  });
});

test('an answer to a grant that comes after its header was sent does no harm', async ({
  world,
}) => {
  const email = newEmail();
  const device = await world.device();
  await signInOn(device, email, { create: true });
  await untilSynced(device);
  // The grant arrives and its answer does not; then the session runs out.
  const lost = device.network.hold('/v1/decisions', 'after');
  await pressOn(device, 'accept-all');
  await lost.reached;
  await device.rig.crash();
  device.start();
  for (const clock of [world.server.clock, device.clock]) clock.nowMs += 31 * DAY_MS;
  await device.rig.core.begin();
  await until(() => expect(device.rig.view().subject.kind).toBe('expired'));
  await pressOn(device, 'necessary-only');
  await until(() => expect(outboxIn(device.rig.file, 'waiting')).toEqual([]));
  expect(kept(world)).toEqual(['accept-all', 'necessary-only']);
  expect(device.rig.states()).toEqual(DENIED);
});
