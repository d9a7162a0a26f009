import { describe, expect } from 'vitest';
import { countIn, decisionsIn } from '../../../support/client/rows.js';
import {
  newEmail,
  pressOn,
  signInOn,
  test,
  until,
  type Device,
} from '../../../support/client/server-world.js';

const service = 'alpha';
const DENIED = { analytics: 'denied', advertising: 'denied' };
const NOT_ASKED = { analytics: 'not-asked', advertising: 'not-asked' };

const withdrawOn = (device: Device) =>
  device.rig.handlers['session.withdrawAndSignOut']({
    service,
    revision: device.rig.view().revision,
  });
const eraseOn = ({ rig }: Device) => rig.handlers['session.signOutAndErase']({ service });

describe('withdrawing everything and signing out', () => {
  test('is one press: the refusal reaches the account’s other device', async ({ world }) => {
    const email = newEmail();
    const device = await world.device();
    const other = await world.device();
    await signInOn(device, email, { create: true });
    await pressOn(device, 'accept-all');
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    await signInOn(other, email);
    await until(() => expect(other.rig.states()['analytics']).toBe('granted'));
    expect((await withdrawOn(device)).ok).toBe(true);
    expect(device.rig.view().subject).toEqual({ kind: 'signed-out' });
    await until(() => expect(other.rig.states()).toEqual(DENIED));
  });

  test('without a network is kept to be sent, also over a restart', async ({ world }) => {
    const email = newEmail();
    const device = await world.device();
    await signInOn(device, email, { create: true });
    await pressOn(device, 'accept-all');
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    device.network.up = false;
    expect((await withdrawOn(device)).ok).toBe(true);
    expect(countIn(device.rig.file, 'parting')).toBe(1);
    await device.rig.stop();
    device.network.up = true;
    device.start();
    await device.rig.core.begin();
    await until(() => expect(countIn(device.rig.file, 'parting')).toBe(0));
    await signInOn(device, email);
    await until(() => expect(device.rig.states()).toEqual(DENIED));
  });

  test('while the keychain keeps the key back withdraws, and signs out only once it can be sent', async ({
    world,
  }) => {
    const email = newEmail();
    const device = await world.device();
    await signInOn(device, email, { create: true });
    await pressOn(device, 'accept-all');
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    await device.rig.stop();
    device.keychain.fail('getPassword', true);
    device.start();
    await device.rig.core.begin();
    expect(device.rig.view().subject.kind).toBe('unlocking');
    expect(await withdrawOn(device)).toEqual({ ok: false, error: { code: 'key-locked' } });
    expect(device.rig.view().subject.kind).toBe('unlocking');
    expect(device.rig.states()).toEqual(DENIED);
    device.keychain.fail('getPassword', false);
    expect((await withdrawOn(device)).ok).toBe(true);
    expect(device.rig.view().subject.kind).toBe('signed-out');
    await until(() => expect(countIn(device.rig.file, 'parting')).toBe(0));
    await signInOn(device, email);
    await until(() => expect(device.rig.states()).toEqual(DENIED));
  });
});

describe('signing out everywhere', () => {
  test('ends the session of every service, and asks nothing of a service nobody was signed in to', async ({
    world,
  }) => {
    const device = await world.device();
    for (const one of ['alpha', 'beta'])
      await signInOn(device, newEmail(), { create: true, service: one });
    expect(await device.rig.handlers['session.signOutEverywhere']({})).toEqual({
      ok: true,
      value: null,
    });
    for (const one of ['alpha', 'beta'])
      expect(device.rig.view(one).subject).toEqual({ kind: 'signed-out' });
    const open = 'SELECT id FROM sessions WHERE ended_at_ms IS NULL';
    await until(() => expect(world.server.database.prepare(open).all()).toEqual([]));
    expect(device.keychain.of('token')).toEqual([]);
  });
});

describe('signing out and erasing', () => {
  test('leaves nothing of the service on the device, and nothing of another service less', async ({
    world,
  }) => {
    const device = await world.device();
    await pressOn(device, 'necessary-only');
    await pressOn(device, 'necessary-only', 'beta');
    await signInOn(device, newEmail(), { create: true });
    await pressOn(device, 'accept-all');
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    const before = device.rig.store.meta.deviceId(service);
    expect((await eraseOn(device)).ok).toBe(true);
    expect(device.rig.view().subject).toEqual({ kind: 'signed-out', because: 'erased' });
    expect(device.rig.states()).toEqual(NOT_ASKED);
    expect(device.rig.states('beta')).toEqual(DENIED);
    expect(decisionsIn(device.rig.file).map(({ decision }) => decision.service)).toEqual(['beta']);
    expect(device.rig.store.meta.deviceId(service)).not.toBe(before);
    expect(device.rig.view().ledger.state).toBe('sound');
    const anchors = () =>
      [...device.keychain.secrets.keys()].filter((key) => key.endsWith('/anchor'));
    await until(() => expect(anchors().map((key) => key.split('/')[0])).toEqual(['beta']));
    // And it is a service like any other from here on.
    await pressOn(device, 'accept-all');
    await device.rig.stop();
    device.start();
    await device.rig.core.begin();
    expect(device.rig.view().ledger.state).toBe('sound');
    expect(device.rig.states()).toEqual({ analytics: 'granted', advertising: 'granted' });
  });

  test('is done also where nobody was signed in', async ({ world }) => {
    const device = await world.device();
    await pressOn(device, 'necessary-only');
    expect((await eraseOn(device)).ok).toBe(true);
    expect(device.rig.states()).toEqual(NOT_ASKED);
  });

  test('still sends the refusals that were on their way', async ({ world }) => {
    const email = newEmail();
    const device = await world.device();
    await signInOn(device, email, { create: true });
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    device.network.up = false;
    await pressOn(device, 'necessary-only');
    expect((await eraseOn(device)).ok).toBe(true);
    device.network.up = true;
    await until(() => {
      // The first try finds that it has to ask for the service's keys anew.
      void device.rig.handlers['sync.now']({ service });
      expect(countIn(device.rig.file, 'parting')).toBe(0);
    });
    await signInOn(device, email);
    await until(() => expect(device.rig.states()).toEqual(DENIED));
  });

  test('that a crash cuts short is finished at the next start', async ({ world }) => {
    const device = await world.device();
    await pressOn(device, 'necessary-only');
    await signInOn(device, newEmail(), { create: true });
    device.keychain.stall('deletePassword');
    void eraseOn(device);
    await until(() => expect(device.rig.view().subject.kind).toBe('signed-out'));
    await device.rig.crash();
    device.keychain.works();
    device.start();
    await device.rig.core.begin();
    expect(countIn(device.rig.file, 'session')).toBe(0);
    expect(decisionsIn(device.rig.file)).toEqual([]);
    expect(device.rig.store.meta.eraseAfterSignOut(service)).toBe(false);
    expect([...device.keychain.of('token'), ...device.keychain.of('device')]).toEqual([]);
  });
});
