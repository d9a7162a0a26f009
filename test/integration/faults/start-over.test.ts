import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { anchorAccount, createLedger } from '../../../src-main/ledger/index.js';
import { createKeychain } from '../../../src-main/secrets/index.js';
import { checkDatabase } from '../../../src-main/store/index.js';
import { decisionsIn } from '../../support/client/rows.js';
import {
  newEmail,
  pressOn,
  signInOn,
  test,
  until,
  type Device,
} from '../../support/client/server-world.js';
import { anchoredUpTo } from '../../support/faults/anchored.js';

/** A device that decided about both services, with `alpha` signed in, and whose file was then put back to before that. */
async function restoredDevice(device: Device): Promise<{ email: string; profileId: string }> {
  const email = newEmail();
  const { folder, keychain } = device;
  const file = path.join(folder, 'sayso.db');
  await pressOn(device, 'necessary-only', 'beta');
  await pressOn(device, 'accept-all');
  await signInOn(device, email, { create: true });
  await pressOn(device, 'accept-all');
  const { store } = device.rig;
  await until(() => {
    expect(device.rig.core.unsent('alpha').waiting).toBe(0);
  });
  await anchoredUpTo(store, keychain.secrets);
  await device.rig.stop();
  cpSync(file, `${file}.backup`);
  device.start();
  await device.rig.core.begin();
  await pressOn(device, 'withdraw');
  await until(() => {
    expect(device.rig.core.unsent('alpha').waiting).toBe(0);
  });
  await anchoredUpTo(device.rig.store, keychain.secrets);
  const profileId = device.rig.store.meta.profileId();
  await device.rig.stop();
  cpSync(`${file}.backup`, file);
  device.start();
  await device.rig.core.begin();
  return { email, profileId };
}

/** Presses "Start over with this service". */
function startOver({ rig }: Device) {
  return rig.handlers['ledger.startOver']({ service: 'alpha' });
}

describe('a service whose ledger is not believed', () => {
  test('opens nothing, takes every refusal and no grant, and sends nothing', async ({ world }) => {
    const device = await world.device();
    await restoredDevice(device);
    const { rig, network } = device;
    expect(rig.view().ledger).toEqual({ state: 'suspect', reason: 'older' });
    expect(rig.view().bannerShows).toBe(false);
    expect(Object.values(rig.states())).not.toContain('granted');
    const { revision } = rig.view();
    const grant = { service: 'alpha', revision, surface: 'settings' as const, choices: {} };
    expect(await rig.handlers['consent.decide']({ ...grant, action: 'accept-all' })).toEqual({
      ok: false,
      error: { code: 'ledger-suspect' },
    });
    const asked = network.asked.length;
    await pressOn(device, 'necessary-only');
    expect(rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' });
    // It stays so, and the refusal with it, over a start.
    await rig.stop();
    device.start();
    expect(device.rig.view().ledger.state).toBe('suspect');
    await device.rig.core.begin();
    expect(device.rig.view().ledger).toEqual({ state: 'suspect', reason: 'older' });
    expect(device.rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' });
    const sent = network.asked.slice(asked).filter((address) => address.includes('/decisions'));
    expect(sent).toEqual([]);
  });

  test('begins anew at one press: put aside, asked again, signed in again, the other service untouched', async ({
    world,
  }) => {
    const device = await world.device();
    const { email, profileId } = await restoredDevice(device);
    const { folder, keychain } = device;
    const betaNow = () => ({
      decided: device.rig.store.history.all('beta', ''),
      states: device.rig.states('beta'),
      ledger: device.rig.view('beta').ledger,
      device: device.rig.store.meta.deviceId('beta'),
    });
    const beta = betaNow();
    expect(beta.decided).toHaveLength(1);

    const before = device.rig.store.meta.deviceId('alpha');
    expect(await startOver(device)).toMatchObject({ ok: true });
    const { rig } = device;
    expect(rig.view()).toMatchObject({
      ledger: { state: 'sound', reason: null },
      subject: { kind: 'signed-out' },
      bannerShows: true,
    });
    expect(rig.states()).toEqual({ analytics: 'not-asked', advertising: 'not-asked' });
    expect(rig.store.meta.deviceId('alpha')).not.toBe(before);
    expect([...keychain.secrets.keys()].filter((name) => name.startsWith('alpha/'))).toEqual([]);
    const aside = readdirSync(folder).find((name) => name.includes('set-aside')) ?? '';
    // The signed-out person's; of the account, which was signed out, nothing is left on this device.
    const kept = decisionsIn(path.join(folder, aside)).map(({ decision }) => decision);
    expect(kept.map(({ service, subject }) => [service, subject])).toEqual([['alpha', null]]);

    await signInOn(device, email);
    await until(() => {
      expect(rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' });
    });
    await pressOn(device, 'accept-all');
    await until(() => {
      expect(rig.core.unsent('alpha').waiting).toBe(0);
    });
    expect(rig.states()).toEqual({ analytics: 'granted', advertising: 'granted' });
    expect(betaNow()).toEqual(beta);
    await anchoredUpTo(rig.store, keychain.secrets);
    expect(keychain.secrets.has(anchorAccount('alpha', profileId))).toBe(true);
    await rig.stop();
    device.start();
    await device.rig.core.begin();
    expect(device.rig.view().ledger).toEqual({ state: 'sound', reason: null });
    expect(device.rig.states()).toEqual({ analytics: 'granted', advertising: 'granted' });
  });

  test('begins anew also where the keychain does not let go of the anchor just then', async ({
    world,
  }) => {
    const device = await world.device();
    await restoredDevice(device);
    device.keychain.fail('deletePassword', true);
    device.keychain.fail('setPassword', true);
    expect(await startOver(device)).toMatchObject({ ok: true });
    await pressOn(device, 'accept-all');
    await device.rig.stop();
    // The next start finds the anchor of before, and is not taken in by it.
    expect([...device.keychain.secrets.keys()].join()).toContain('alpha/');
    device.keychain.fail('deletePassword', false);
    device.keychain.fail('setPassword', false);
    device.start();
    await device.rig.core.begin();
    expect(device.rig.view().ledger.state).not.toBe('suspect');
    expect(device.rig.states()).toEqual({ analytics: 'granted', advertising: 'granted' });
  });
});

describe('one service of two', () => {
  test('is suspected alone when only one of its rows was changed, and damage is no matter after it', async ({
    world,
  }) => {
    const device = await world.device();
    await pressOn(device, 'accept-all', 'beta');
    for (const action of ['accept-all', 'necessary-only', 'accept-all'] as const) {
      await pressOn(device, action);
    }
    await device.rig.stop();
    const database = new Database(path.join(device.folder, 'sayso.db'));
    // What no chain of hashes covers: that it was made here.
    database.exec(`UPDATE decision SET made_here = 0 WHERE service = 'alpha' AND seq = 1`);
    database.close();
    device.start();
    await device.rig.core.begin();
    expect(device.rig.view('alpha').ledger).toEqual({ state: 'suspect', reason: 'changed' });
    expect(device.rig.view('beta').ledger).toEqual({ state: 'sound', reason: null });
    expect(device.rig.states('beta')).toEqual({ analytics: 'granted', advertising: 'granted' });
    await startOver(device);
    await pressOn(device, 'accept-all');
    await anchoredUpTo(device.rig.store, device.keychain.secrets);
    await device.rig.stop();
    device.start();
    await device.rig.core.begin();
    expect(device.rig.view('alpha').ledger).toEqual({ state: 'sound', reason: null });
  });

  test('a suspicion that the disk does not take closes all the same', async ({ world }) => {
    const device = await world.device();
    await pressOn(device, 'accept-all');
    await device.rig.stop();
    device.start();
    expect(device.rig.states()).toEqual({ analytics: 'granted', advertising: 'granted' });
    const ledger = createLedger({
      store: device.rig.store,
      keychain: createKeychain({
        load: () => Promise.resolve(device.keychain.library),
        startTimer: () => () => undefined,
        onReading: () => undefined,
      }),
      services: ['alpha'],
      nowMs: () => device.clock.nowMs,
      checkWhole: checkDatabase,
      signOut: () => Promise.resolve(),
      onUnreadable: () => undefined,
      onChange: () => undefined,
    });
    const blocker = new Database(path.join(device.folder, 'sayso.db'));
    try {
      // Whoever holds the lock to write longer than anybody waits is as good as a disk that takes nothing.
      blocker.exec('BEGIN IMMEDIATE');
      ledger.doubt('alpha', 'changed');
      expect(device.rig.view().ledger).toEqual({ state: 'suspect', reason: 'changed' });
      expect(Object.values(device.rig.states())).not.toContain('granted');
    } finally {
      blocker.exec('ROLLBACK');
      blocker.close();
    }
  });
});
