import { describe, expect } from 'vitest';
import { saleProfile } from '../../support/fixtures/sale-profile.js';
import { decisionsIn } from '../../support/client/rows.js';
import {
  newEmail,
  pressOn,
  signInOn,
  syncNow,
  test,
  until,
  untilSynced,
  type Device,
  type ServerWorld,
} from '../../support/client/server-world.js';

const ALPHA = { service: 'alpha' };

/** An account that another device has allowed everything for. */
async function accountWithGrants(world: ServerWorld): Promise<{ email: string; there: Device }> {
  const email = newEmail();
  const there = await world.device();
  await signInOn(there, email, { create: true });
  await pressOn(there, 'accept-all');
  await until(() => expect(there.rig.view().sync.waiting).toBe(0));
  return { email, there };
}

async function settle({ rig }: Device, takeOver: boolean): Promise<void> {
  const { revision } = rig.view();
  const outcome = await rig.handlers['session.deviceChoices']({ ...ALPHA, revision, takeOver });
  expect(outcome.ok).toBe(true);
}

function signalsOf({ rig }: Device, subject: 'account' | 'device') {
  return decisionsIn(rig.file)
    .map(({ decision }) => decision)
    .filter(
      ({ action, subject: of }) => action === 'signal' && (of !== null) === (subject === 'account'),
    )
    .filter(({ service }) => service === 'alpha')
    .map(({ choices }) => choices);
}

describe('that an account’s choices apply on this device', () => {
  test('is said once, with what this device had said and how that was settled', async ({
    world,
  }) => {
    const { email } = await accountWithGrants(world);
    const here = await world.device();
    await pressOn(here, 'necessary-only');
    await signInOn(here, email);
    await until(() => expect(here.rig.view().arrival).not.toBeNull());
    const differing = ['analytics', 'advertising'];
    expect(here.rig.view().arrival).toEqual({ hasOwn: true, differing, settled: 'unasked' });
    expect(here.rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' });
    await settle(here, false);
    expect(here.rig.view().arrival).toEqual({ hasOwn: true, differing, settled: 'kept-apart' });

    await here.rig.stop();
    here.start();
    expect(here.rig.view().arrival).not.toBeNull();
    expect((await here.rig.handlers['session.arrivalRead'](ALPHA)).ok).toBe(true);
    expect(here.rig.view().arrival).toBeNull();
    await here.rig.stop();
    here.start();
    await here.rig.core.begin();
    await untilSynced(here);
    expect(here.rig.view().arrival).toBeNull();
  });

  test('is not said of an account that has said nothing, nor of what was said here', async ({
    world,
  }) => {
    const here = await world.device();
    await pressOn(here, 'accept-all');
    await signInOn(here, newEmail(), { create: true });
    await untilSynced(here);
    expect(here.rig.view().arrival).toBeNull();
    await settle(here, true);
    await untilSynced(here);
    expect(here.rig.view().arrival).toBeNull();
  });
});

describe('the opt-out signal and an account that is signed in to later', () => {
  test('is said for the account once its choices have come, and takes the place of its yes', async ({
    world,
  }) => {
    const { email, there } = await accountWithGrants(world);
    const here = await world.device();
    await here.rig.handlers['limits.signal']({ isOn: true });
    expect(signalsOf(here, 'device')).toEqual([{ advertising: 'denied' }]);
    await signInOn(here, email);
    await until(() => expect(signalsOf(here, 'account')).toEqual([{ advertising: 'denied' }]));
    await until(() => expect(here.rig.view().sync.waiting).toBe(0));
    await syncNow(there);
    await until(() => expect(there.rig.states()).toMatchObject({ advertising: 'denied' }));
    expect(there.rig.view().purposes.find(({ id }) => id === 'advertising')).toMatchObject({
      overruledGrantAt: null,
    });

    // A later yes elsewhere is not fought over; here it stays closed all the same.
    await pressOn(there, 'accept-all');
    await until(() => expect(there.rig.view().sync.waiting).toBe(0));
    await syncNow(here);
    await untilSynced(here);
    expect(signalsOf(here, 'account')).toHaveLength(1);
    expect(here.rig.states()).toMatchObject({ analytics: 'granted', advertising: 'denied' });
  });

  test('is not said where it is off, nor again where the account has refused by itself', async ({
    world,
  }) => {
    const { email, there } = await accountWithGrants(world);
    await pressOn(there, 'withdraw');
    await until(() => expect(there.rig.view().sync.waiting).toBe(0));
    const without = await world.device();
    await signInOn(without, email);
    await untilSynced(without);
    expect(signalsOf(without, 'account')).toEqual([]);
    const here = await world.device();
    await here.rig.handlers['limits.signal']({ isOn: true });
    await signInOn(here, email);
    await until(() => expect(here.rig.view().arrival).not.toBeNull());
    expect(signalsOf(here, 'account')).toEqual([]);
  });
});

describe('sale or sharing', () => {
  const press = async ({ rig }: Device, choice: 'granted' | 'denied') =>
    await rig.handlers['consent.decide']({
      ...ALPHA,
      revision: rig.view().revision,
      action: 'save',
      surface: 'settings',
      choices: { 'sale-or-sharing': choice },
    });
  const stateOf = ({ rig }: Device) =>
    rig.view().purposes.find(({ id }) => id === 'sale-or-sharing');

  test('is closed until it is allowed by itself, and no part of what the banner says or asks', async ({
    world,
  }) => {
    const here = await world.device([saleProfile('alpha')]);
    await pressOn(here, 'accept-all');
    expect(stateOf(here)).toMatchObject({ kind: 'opt-out', state: 'not-asked' });
    expect(here.rig.view().bannerShows).toBe(false);
    expect((await press(here, 'granted')).ok).toBe(true);
    expect(stateOf(here)?.state).toBe('granted');
    expect((await press(here, 'denied')).ok).toBe(true);
    expect(stateOf(here)?.state).toBe('denied');
  });

  test('is refused by the signal over an earlier yes, which its absence does not bring back', async ({
    world,
  }) => {
    const here = await world.device([saleProfile('alpha')]);
    await press(here, 'granted');
    await here.rig.handlers['limits.signal']({ isOn: true });
    expect(stateOf(here)).toMatchObject({ state: 'denied', limit: 'signal' });
    expect(await press(here, 'granted')).toMatchObject({ error: { code: 'not-a-choice' } });
    await here.rig.handlers['limits.signal']({ isOn: false });
    expect(stateOf(here)).toMatchObject({ state: 'denied', limit: null });
  });

  test('that was allowed signed out becomes no account’s by one press', async ({ world }) => {
    const here = await world.device([saleProfile('alpha')]);
    await pressOn(here, 'accept-all');
    await press(here, 'granted');
    await signInOn(here, newEmail(), { create: true });
    await until(() => expect(here.rig.view().askAboutDeviceChoices).toBe(true));
    await settle(here, true);
    expect(here.rig.states()).toMatchObject({ analytics: 'granted' });
    expect(stateOf(here)?.state).toBe('not-asked');
  });
});
