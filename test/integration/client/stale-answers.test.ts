import { describe, expect } from 'vitest';
import { countIn, decisionsIn, outboxIn } from '../../support/client/rows.js';
import {
  type Device,
  newEmail,
  PASSWORD,
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

const ALPHA = { service: 'alpha' };

/** Waits until nothing is asked any more and everything is received. */
async function synced(device: Device): Promise<void> {
  await quietly(device);
  await untilSynced(device);
}

async function signOutOn(device: Device): Promise<void> {
  const outcome = await device.rig.handlers['session.signOut'](ALPHA);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
}

async function endSession({ server }: ServerWorld, token: string): Promise<void> {
  await call(`${server.origin}/alpha/v1/session`, 'DELETE', { token });
}

/** After every await: is the same account still signed in? */
describe('an answer that comes late', () => {
  test('to a pull brings nothing of the account before into the one now', async ({ world }) => {
    const [device, other] = [await world.device(), await world.device()];
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await synced(device);
    await signInOn(other, email);
    await pressOn(other, 'accept-all');
    await synced(other);
    const held = device.network.hold('/v1/decisions', 'after');
    await syncNow(device);
    await held.reached;
    await signOutOn(device);
    await signInOn(device, newEmail(), { create: true });
    held.release();
    await synced(device);
    expect(decisionsIn(device.rig.file)).toEqual([]);
    expect(device.rig.states()).toEqual({ analytics: 'not-asked', advertising: 'not-asked' });
  });

  test('to a push settles nothing of the account now', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await synced(device);
    const held = device.network.hold('/v1/decisions', 'after');
    await pressOn(device, 'necessary-only');
    await held.reached;
    await signOutOn(device);
    await signInOn(device, newEmail(), { create: true });
    held.release();
    await synced(device);
    expect(decisionsIn(device.rig.file)).toEqual([]);
    expect(outboxIn(device.rig.file, 'waiting')).toEqual([]);
  });

  test.for(['push', 'pull'] as const)(
    'to a %s, that the session before was ended, does not end the one now',
    async (step, { world }) => {
      const device = await world.device();
      await signInOn(device, newEmail(), { create: true });
      await synced(device);
      const [token = ''] = device.keychain.of('token');
      await endSession(world, token);
      const held = device.network.hold('/v1/decisions', 'after');
      if (step === 'push') await pressOn(device, 'necessary-only');
      else await syncNow(device);
      await held.reached;
      await signOutOn(device);
      await signInOn(device, newEmail(), { create: true });
      held.release();
      await synced(device);
      expect(device.rig.view().subject.kind).toBe('signed-in');
    },
  );

  test('that the session before was ended does not end the one now', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await synced(device);
    const [token = ''] = device.keychain.of('token');
    await device.rig.stop();
    device.start();
    await endSession(world, token);
    // The first question after a start is whose session it is.
    const held = device.network.hold('/v1/session', 'after');
    await device.rig.core.begin();
    await held.reached;
    await signOutOn(device);
    await signInOn(device, newEmail(), { create: true });
    expect(device.rig.view().subject.kind).toBe('signed-in');
    held.release();
    await synced(device);
    expect(device.rig.view().subject.kind).toBe('signed-in');
  });

  test('from the keychain to a sign-out takes nothing from who signed in meanwhile', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await synced(device);
    const release = device.keychain.stall('deletePassword');
    const signOut = device.rig.handlers['session.signOut'](ALPHA);
    await until(() => expect(device.keychain.calls).toContain('deletePassword token'));
    await signInOn(device, newEmail(), { create: true, remember: false });
    await pressOn(device, 'necessary-only');
    release();
    await signOut;
    expect(device.rig.view().subject.kind).toBe('signed-in');
    expect(decisionsIn(device.rig.file)).toHaveLength(1);
    await synced(device);
  });
});

describe('signing in again', () => {
  test('as the same account, while its token is locked away, loses nothing that waits', async ({
    world,
  }) => {
    const device = await world.device();
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await synced(device);
    await device.rig.stop();
    device.start();
    device.keychain.fail('getPassword', true);
    await device.rig.core.begin();
    expect(device.rig.view().subject.kind).toBe('unlocking');
    await pressOn(device, 'necessary-only');
    expect(await device.rig.handlers['session.unsent'](ALPHA)).toEqual({
      waiting: 1,
      grants: 0,
    });
    await signInOn(device, email);
    await synced(device);
    expect(decisionsIn(device.rig.file)).toHaveLength(1);
    expect(device.rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' });
    const { n } = world.server.database.prepare('SELECT count(*) AS n FROM entries').get() as {
      n: number;
    };
    expect(n).toBe(1);
  });

  test('twice at once leaves one session and loses nothing said in between', async ({ world }) => {
    const device = await world.device();
    const email = newEmail();
    await signInOn(device, email, { create: true, remember: false });
    await device.rig.handlers['session.signOut'](ALPHA);
    await until(() => expect(countIn(device.rig.file, 'revoke_handle')).toBe(0));
    const held = device.network.hold('/v1/sessions', 'after');
    const input = { service: 'alpha', email, password: PASSWORD, remember: false };
    const first = device.rig.handlers['session.signIn'](input);
    await held.reached;
    await signInOn(device, email, { remember: false });
    device.network.up = false;
    await pressOn(device, 'necessary-only');
    held.release();
    await first;
    expect(device.rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' });
    device.network.up = true;
    await syncNow(device);
    await synced(device);
    await until(() => expect(countIn(device.rig.file, 'revoke_handle')).toBe(1));
    expect(decisionsIn(device.rig.file)).toHaveLength(1);
    const sql = 'SELECT count(*) AS n FROM sessions WHERE ended_at_ms IS NULL';
    expect(world.server.database.prepare(sql).get()).toEqual({ n: 1 });
  });
});

describe('closing', () => {
  test('while the keychain is silent ends in good order', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await synced(device);
    await device.rig.stop();
    device.start();
    const answers = device.keychain.stall('getPassword');
    const begun = device.rig.core.begin();
    await until(() => expect(device.keychain.calls).toContain('getPassword token'));
    await device.rig.stop();
    answers();
    await expect(begun).resolves.toBeUndefined();
  });

  test('while a request is under way cuts it short and leaves it to the next start', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await synced(device);
    device.network.hold('/v1/decisions', 'before');
    device.network.up = false;
    await pressOn(device, 'necessary-only');
    await device.rig.stop();
    expect(outboxIn(device.rig.file, 'waiting')).toHaveLength(1);
    device.network.up = true;
    device.start();
    expect(device.rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' });
  });
});
