import { describe, expect } from 'vitest';
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
const HOUR_MS = 3_600_000;

async function signedIn(device: Device): Promise<void> {
  await signInOn(device, newEmail(), { create: true });
  await untilSynced(device);
}

function unavailable(retryAfter: string, date?: string): Response {
  const body = JSON.stringify({ type: 'unavailable', title: 'Later.', status: 503 });
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  headers.set('retry-after', retryAfter);
  if (date !== undefined) headers.set('date', date);
  return new Response(body, { status: 503, headers });
}

describe('an error that nobody foresaw', () => {
  test('in the middle of a run ends that run alone: it is told, and tried again', async ({
    world,
  }) => {
    const device = await world.device();
    await signedIn(device);
    const { decisions } = device.rig.store;
    const markReceived = decisions.markReceived.bind(decisions);
    Object.assign(decisions, {
      markReceived: () => {
        throw new Error('SELECT secret-token FROM somewhere');
      },
    });
    await pressOn(device, 'necessary-only');
    await until(() => {
      expect(device.rig.view().sync).toEqual({
        state: 'waiting',
        waiting: 1,
        problem: 'server-error',
      });
    });
    await until(() => expect(device.rig.core.sync.detail('alpha').nextTryAt).not.toBeNull());
    expect(device.rig.reported).toHaveLength(1);
    expect(device.rig.reported[0]).toMatch(/^sync of alpha failed: Error at /);
    expect(device.rig.reported.join()).not.toContain('secret-token');
    Object.assign(decisions, { markReceived });
    device.rig.timers.fireAll();
    await untilSynced(device);
  });
});

describe('a pause that the service asks for', () => {
  test('is kept whatever happens, until it is over or the person wants it now', async ({
    world,
  }) => {
    const device = await world.device();
    await signedIn(device);
    device.network.instead('/v1/decisions', unavailable('120'));
    await pressOn(device, 'necessary-only');
    await until(() => expect(device.rig.timers.delaysMs()).toEqual([120_000]));
    const before = device.network.asked.length;
    device.rig.core.sync.wakeAll();
    await pressOn(device, 'accept-all');
    await until(() => expect(device.rig.view().sync.waiting).toBe(2));
    expect(device.network.asked.length).toBe(before);
    await syncNow(device);
    await untilSynced(device);
  });

  test.for([
    [
      'a date by its own clock',
      'Sun, 22 Nov 2026 12:02:00 GMT',
      'Sun, 22 Nov 2026 12:00:00 GMT',
      120_000,
    ],
    ['more than an hour', '86400', undefined, HOUR_MS],
  ] as const)('may be %s', async ([, retryAfter, date, expected], { world }) => {
    const device = await world.device();
    await signedIn(device);
    device.network.instead('/v1/decisions', unavailable(retryAfter, date));
    await pressOn(device, 'necessary-only');
    await until(() => expect(device.rig.timers.delaysMs()).toEqual([expected]));
  });

  test('is over for whoever signs in anew', async ({ world }) => {
    const device = await world.device();
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await untilSynced(device);
    device.network.instead('/v1/decisions', unavailable('600'));
    await pressOn(device, 'necessary-only');
    await until(() => expect(device.rig.timers.delaysMs()).toEqual([600_000]));
    await device.rig.handlers['session.signOut'](ALPHA);
    await signInOn(device, email);
    await untilSynced(device);
    await until(() => expect(device.rig.core.sync.detail('alpha').parting).toBe(0));
  });
});
