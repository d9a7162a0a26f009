import { describe, expect } from 'vitest';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';
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

function detail({ rig }: Device) {
  return rig.core.sync.detail('alpha');
}

async function signedIn(device: Device): Promise<void> {
  await signInOn(device, newEmail(), { create: true });
  await untilSynced(device);
  await until(() => expect(detail(device).live).toBe(true));
}

describe('the detail of the sync', () => {
  test('says of a signed-out person where the service is, and nothing else', async ({ world }) => {
    const device = await world.device();
    expect(detail(device)).toEqual({
      service: 'alpha',
      sync: { state: 'local', waiting: 0, problem: 'none' },
      address: `${world.server.origin}/alpha`,
      live: false,
      lastReachedAt: null,
      nextTryAt: null,
      tries: [],
      items: [],
      counts: { waiting: 0, refused: 0 },
      parting: 0,
    });
  });

  test('says what waits, since when, what was tried and when it is tried again', async ({
    world,
  }) => {
    const device = await world.device();
    await signedIn(device);
    const reachedAt = new Date(device.clock.nowMs).toISOString();
    expect(detail(device).tries).toContainEqual({ at: reachedAt, problem: 'none' });
    device.network.up = false;
    device.clock.nowMs += 60_000;
    await pressOn(device, 'necessary-only');
    await until(() => expect(detail(device).tries[0]?.problem).toBe('no-network'));
    const now = new Date(device.clock.nowMs).toISOString();
    expect(detail(device)).toMatchObject({
      sync: { state: 'waiting', waiting: 1, problem: 'no-network' },
      lastReachedAt: reachedAt,
      counts: { waiting: 1, refused: 0 },
      items: [
        {
          at: now,
          state: 'waiting',
          choices: { analytics: 'denied', advertising: 'denied' },
          refusal: null,
          needsSignIn: false,
        },
      ],
    });
    expect(detail(device).tries[0]).toEqual({ at: now, problem: 'no-network' });
    await until(() => expect(detail(device).nextTryAt).not.toBeNull());
    expect(Date.parse(detail(device).nextTryAt ?? '')).toBeGreaterThan(device.clock.nowMs);
  });

  test('shows what is on its way', async ({ world }) => {
    const device = await world.device();
    await signedIn(device);
    const held = device.network.hold('/v1/decisions', 'before');
    await pressOn(device, 'necessary-only');
    await held.reached;
    await until(() => expect(detail(device).items).toMatchObject([{ state: 'sending' }]));
    held.release();
    await until(() => expect(detail(device).items).toEqual([]));
  });

  test('shows what the service refused, until the person has chosen again', async ({ world }) => {
    const { manifest, policies } = fixtureProfile('alpha');
    const unpublished = policies.map((policy) => ({
      ...policy,
      label: { ...policy.label, summary: 'A text that the service never published.' },
    }));
    const device = await world.device([{ manifest, policies: unpublished }]);
    await signInOn(device, newEmail(), { create: true });
    await pressOn(device, 'accept-all');
    await until(() => expect(device.rig.view().sync.problem).toBe('refused'));
    expect(detail(device)).toMatchObject({
      counts: { waiting: 0, refused: 1 },
      items: [
        {
          state: 'refused',
          refusal: { type: 'policy-unknown' },
          choices: { analytics: 'granted' },
        },
      ],
    });
    await pressOn(device, 'necessary-only');
    expect(detail(device).counts.refused).toBe(0);
    await until(() => {
      expect(detail(device)).toMatchObject({ counts: { waiting: 0, refused: 0 }, items: [] });
    });
  });

  test('keeps the newest twenty tries, newest first', async ({ world }) => {
    const device = await world.device();
    await signedIn(device);
    device.network.up = false;
    for (let round = 0; round < 25; round += 1) {
      device.clock.nowMs += 1000;
      await syncNow(device);
      const at = new Date(device.clock.nowMs).toISOString();
      await until(() => expect(detail(device).tries[0]?.at).toBe(at));
    }
    const { tries } = detail(device);
    expect(tries).toHaveLength(20);
    expect(new Set(tries.map(({ problem }) => problem))).toEqual(new Set(['no-network']));
    expect(tries.map(({ at }) => at)).toEqual(
      tries
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
  });
});
