import { describe, expect } from 'vitest';
import type { ServiceProfile } from '../../../src-shared/manifest.js';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';
import { openRig } from '../../support/client/core-rig.js';
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

const ALPHA = { service: 'alpha' };
const DENIED = { analytics: 'denied', advertising: 'denied' };
const GRANTED = { analytics: 'granted', advertising: 'granted' };
const ASK_AGAIN = { analytics: 'ask-again', advertising: 'ask-again' };

async function synced(device: Device): Promise<void> {
  await syncNow(device);
  await untilSynced(device);
}

async function save(device: Device, choices: Record<string, 'granted' | 'denied'>): Promise<void> {
  const { revision } = device.rig.view();
  const press = { ...ALPHA, revision, action: 'save', surface: 'settings', choices } as const;
  expect((await device.rig.handlers['consent.decide'](press)).ok).toBe(true);
}

function headsOf(device: Device, purpose: string): string[] {
  return device.rig.store.register.headsOf('alpha', '', purpose).map(({ id }) => id);
}

/** The fixture service with a purpose more. */
function withPurpose(id: string): ServiceProfile {
  const { manifest, policies } = fixtureProfile('alpha');
  const purposes = [...manifest.purposes, { id, kind: 'optional' as const }];
  return {
    manifest: { ...manifest, purposes },
    policies: policies.map((policy) => {
      const [, sample] = policy.label.purposes;
      if (!sample) throw new Error('the fixture has no optional purpose');
      const label = { ...policy.label, purposes: [...policy.label.purposes, { ...sample, id }] };
      return { ...policy, label };
    }),
  };
}

describe('what a decision takes the place of', () => {
  test('a partial save: of nothing it does not name', async ({ world }) => {
    const device = await world.device();
    await pressOn(device, 'accept-all');
    const before = headsOf(device, 'advertising');
    await save(device, { analytics: 'denied' });
    expect(headsOf(device, 'advertising')).toEqual(before);
    expect(device.rig.states()).toEqual({ analytics: 'denied', advertising: 'granted' });
  });

  test('an acknowledgement: of nothing at all', async ({ world }) => {
    const device = await world.device();
    await pressOn(device, 'necessary-only');
    const before = headsOf(device, 'analytics');
    const { revision } = device.rig.view();
    const press = { ...ALPHA, revision, surface: 'settings' as const, choices: {} };
    const said = await device.rig.handlers['consent.decide']({ ...press, action: 'acknowledge' });
    expect(said.ok).toBe(true);
    expect(decisionsIn(device.rig.file).at(-1)?.decision).toMatchObject({
      action: 'acknowledge',
      supersedes: {},
    });
    expect(headsOf(device, 'analytics')).toEqual(before);
    expect(device.rig.states()).toEqual(DENIED);
  });

  test('`*`: also of a purpose this device does not know yet', async ({ world }) => {
    const [device, other] = [await world.device(), await world.device()];
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await synced(device);
    await signInOn(other, email);
    await pressOn(other, 'withdraw');
    await synced(other);
    await syncNow(device);
    await until(() => expect(device.rig.states()).toEqual(DENIED));
    await device.rig.stop();
    const { folder, keychain, clock } = device;
    const { fetch } = device.network;
    const parts = { folder, keychain, clock, fetch, server: world.server.origin };
    device.rig = openRig({ ...parts, profiles: [withPurpose('research')] });
    expect(device.rig.states()).toEqual({ ...DENIED, research: 'denied' });
  });

  test('a second press on the same screen: not of what came in from elsewhere before the first', async ({
    world,
  }) => {
    const [device, other] = [await world.device(), await world.device()];
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await pressOn(device, 'accept-all');
    await synced(device);
    await signInOn(other, email);
    await until(() => expect(other.rig.states()).toEqual(GRANTED));
    const { revision } = device.rig.view();
    await pressOn(other, 'necessary-only');
    await synced(other);
    await syncNow(device);
    await until(() => expect(device.rig.states()).toEqual(DENIED));
    const press = { ...ALPHA, action: 'save', surface: 'settings' } as const;
    const first = await device.rig.handlers['consent.decide']({
      ...press,
      revision,
      choices: { advertising: 'denied' },
    });
    if (!first.ok) throw new Error(first.error.code);
    const second = await device.rig.handlers['consent.decide']({
      ...press,
      revision: first.value.revision,
      choices: { analytics: 'granted' },
    });
    expect(second.ok).toBe(true);
    expect(device.rig.states()).toEqual(DENIED);
  });

  test('an erased refusal: what it answered does not come back, here or elsewhere', async ({
    world,
  }) => {
    const [device, other] = [await world.device(), await world.device()];
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await pressOn(device, 'accept-all');
    await synced(device);
    await pressOn(device, 'necessary-only');
    await synced(device);
    await signInOn(other, email);
    await until(() => expect(other.rig.states()).toEqual(DENIED));
    const refusal = decisionsIn(device.rig.file).at(-1)?.decision.id ?? '';
    expect((await device.rig.handlers['history.erase']({ ...ALPHA, id: refusal })).ok).toBe(true);
    expect(device.rig.states()).toEqual(ASK_AGAIN);
    await until(() => expect(device.rig.view().sync.waiting).toBe(0));
    await syncNow(other);
    await until(() => expect(other.rig.states()).toEqual(ASK_AGAIN));
    const ids = decisionsIn(other.rig.file).map(({ decision }) => decision.id);
    expect(ids).not.toContain(refusal);
  });
});

describe('signing in', () => {
  test('opens nothing that this device refused, whatever the account allowed', async ({
    world,
  }) => {
    const [device, other] = [await world.device(), await world.device()];
    const email = newEmail();
    await signInOn(other, email, { create: true });
    await pressOn(other, 'accept-all');
    await synced(other);
    await pressOn(device, 'necessary-only');
    await signInOn(device, email);
    expect(device.rig.states(), 'before the first answer').toEqual(DENIED);
    await until(() => expect(decisionsIn(device.rig.file)).toHaveLength(2));
    expect(device.rig.states()).toEqual(DENIED);
    await device.rig.handlers['session.signOut'](ALPHA);
    expect(device.rig.states(), 'after signing out').toEqual(DENIED);
  });

  test('and out again reopens nothing that the account refused', async ({ world }) => {
    const device = await world.device();
    await pressOn(device, 'accept-all');
    await signInOn(device, newEmail(), { create: true });
    await pressOn(device, 'necessary-only');
    await synced(device);
    expect(device.rig.states()).toEqual(DENIED);
    await device.rig.handlers['session.signOut'](ALPHA);
    expect(device.rig.states()).toEqual(ASK_AGAIN);
    await device.rig.stop();
    device.start();
    await device.rig.core.begin();
    expect(device.rig.states()).toEqual(ASK_AGAIN);
    // What a sign-out deletes is no sign that anybody has changed the ledger.
    expect(device.rig.view().ledger.state).toBe('sound');
  });
});

describe('a press before the keychain was asked', () => {
  test('is not taken for a profile that is older than its anchor', async ({ world }) => {
    const device = await world.device();
    await pressOn(device, 'accept-all');
    await until(() => expect(device.keychain.of('anchor')).toHaveLength(1));
    await device.rig.stop();
    device.start();
    await pressOn(device, 'necessary-only');
    await device.rig.core.begin();
    expect(device.rig.view().ledger).toEqual({ state: 'sound', reason: null });
    expect(device.rig.states()).toEqual(DENIED);
  });
});
