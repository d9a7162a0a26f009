import { describe, expect } from 'vitest';
import { countIn, decisionsIn } from '../../support/client/rows.js';
import {
  type Device,
  newEmail,
  pressOn,
  type ServerWorld,
  signInOn,
  test,
  until,
  untilSynced,
} from '../../support/client/server-world.js';

function openSessions({ server }: ServerWorld): number {
  const sql = 'SELECT count(*) AS n FROM sessions WHERE ended_at_ms IS NULL';
  return (server.database.prepare(sql).get() as { n: number }).n;
}

/** Crashes and starts again, and waits until nobody is signed in and nothing is left of it anywhere. */
async function nothingIsLeft(world: ServerWorld, device: Device): Promise<void> {
  await device.rig.crash();
  device.start();
  expect(device.rig.view().subject.kind, 'before anything is shown').toBe('signed-out');
  await device.rig.core.begin();
  await until(() => {
    expect(countIn(device.rig.file, 'revoke_handle')).toBe(0);
    expect(openSessions(world)).toBe(0);
  });
  expect([...device.keychain.of('token'), ...device.keychain.of('device')]).toEqual([]);
  expect(countIn(device.rig.file, 'session')).toBe(0);
  expect(decisionsIn(device.rig.file).filter(({ decision }) => decision.subject !== null)).toEqual(
    [],
  );
}

describe('a crash while signing in is finished at the next start', () => {
  test('before the request was sent', async ({ world }) => {
    const device = await world.device();
    const email = newEmail();
    await signInOn(device, email, { create: true, remember: false });
    await device.rig.stop();
    device.start();
    await device.rig.core.begin();
    await until(() => expect(countIn(device.rig.file, 'revoke_handle')).toBe(0));
    const held = device.network.hold('/v1/sessions', 'before');
    void signInOn(device, email);
    await held.reached;
    expect(countIn(device.rig.file, 'revoke_handle')).toBe(1);
    await nothingIsLeft(world, device);
  });

  test('after the server opened the session, before its answer came', async ({ world }) => {
    const device = await world.device();
    const held = device.network.hold('/v1/sessions', 'after');
    void signInOn(device, newEmail(), { create: true });
    await held.reached;
    expect(openSessions(world)).toBe(1);
    await nothingIsLeft(world, device);
  });

  test('after the token went into the keychain, before the session was noted', async ({
    world,
  }) => {
    const device = await world.device();
    device.keychain.stall('setPassword', 'after');
    void signInOn(device, newEmail(), { create: true });
    await until(() => expect(device.keychain.of('token')).toHaveLength(1));
    await nothingIsLeft(world, device);
  });

  test('the same, though the session is ended before the keychain has answered', async ({
    world,
  }) => {
    const device = await world.device();
    // A kept session at another service: its token is asked for first.
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    device.keychain.stall('setPassword', 'after');
    void signInOn(device, newEmail(), { create: true, service: 'beta' });
    await until(() => expect(device.keychain.of('token')).toHaveLength(2));
    await device.rig.crash();
    device.start();
    const answers = device.keychain.stall('getPassword');
    const begun = device.rig.core.begin();
    await until(() => expect(countIn(device.rig.file, 'revoke_handle')).toBe(1));
    answers();
    await begun;
    const secrets = [...device.keychain.secrets.keys()].filter((one) => !one.endsWith('/anchor'));
    expect(secrets.map((account) => account.split('/')[0])).toEqual(['alpha', 'alpha', 'alpha']);
  });

  test('not once everything was noted: the person is signed in', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await pressOn(device, 'accept-all');
    await untilSynced(device);
    await device.rig.crash();
    device.start();
    expect(device.rig.view().subject.kind).toBe('unlocking');
    await device.rig.core.begin();
    expect(device.rig.view().subject.kind).toBe('signed-in');
    await untilSynced(device);
    expect(device.rig.states()).toEqual({ analytics: 'granted', advertising: 'granted' });
    expect(openSessions(world)).toBe(1);
  });
});

describe('a crash while signing out is finished at the next start', () => {
  async function signedIn(world: ServerWorld): Promise<Device> {
    const device = await world.device();
    await pressOn(device, 'accept-all');
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    device.network.up = false;
    await pressOn(device, 'accept-all');
    return device;
  }

  test.for(['before', 'after'] as const)(
    'at the keychain, %s the token has gone',
    async (when, { world }) => {
      const device = await signedIn(world);
      device.keychain.stall('deletePassword', when);
      void device.rig.handlers['session.signOut']({ service: 'alpha' });
      await until(() => expect(device.keychain.calls).toContain('deletePassword token'));
      await until(() =>
        expect(device.keychain.of('token')).toHaveLength(when === 'before' ? 1 : 0),
      );
      device.network.up = true;
      device.keychain.works();
      await nothingIsLeft(world, device);
      expect(device.rig.states()).toEqual({ analytics: 'ask-again', advertising: 'ask-again' });
    },
  );

  test('at the keychain: what the device allowed is asked about again from the first screen on', async ({
    world,
  }) => {
    const device = await signedIn(world);
    device.keychain.stall('deletePassword');
    void device.rig.handlers['session.signOut']({ service: 'alpha' });
    await until(() => expect(device.keychain.calls).toContain('deletePassword token'));
    await device.rig.crash();
    device.start();
    expect(device.rig.view().subject.kind).toBe('signed-out');
    expect(device.rig.states()).toEqual({ analytics: 'ask-again', advertising: 'ask-again' });
  });

  test('after everything but telling the server', async ({ world }) => {
    const device = await signedIn(world);
    await device.rig.handlers['session.signOut']({ service: 'alpha' });
    expect(openSessions(world)).toBe(1);
    device.network.up = true;
    await nothingIsLeft(world, device);
  });
});
