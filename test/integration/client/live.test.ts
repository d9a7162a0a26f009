import { describe, expect } from 'vitest';
import {
  type Device,
  newEmail,
  pressOn,
  quietly,
  signInOn,
  syncNow,
  test,
  until,
  untilSynced,
} from '../../support/client/server-world.js';
import { call } from '../server/support/client.js';

const ALPHA = { service: 'alpha' };
const DENIED = { analytics: 'denied', advertising: 'denied' };

async function listening(device: Device): Promise<void> {
  await untilSynced(device);
  await until(() => expect(device.rig.core.sync.detail('alpha').live).toBe(true));
}

const streamsAsked = ({ network }: Device): number =>
  network.asked.filter((asked) => asked.endsWith('/v1/events')).length;

describe('while the service tells its news', () => {
  test('a decision on one device is known on the other without anybody asking', async ({
    world,
  }) => {
    const [one, other] = [await world.device(), await world.device()];
    const email = newEmail();
    await signInOn(one, email, { create: true });
    await signInOn(other, email);
    await listening(one);
    await listening(other);
    await pressOn(one, 'necessary-only');
    await until(() => expect(other.rig.states()).toEqual(DENIED));
    expect(other.rig.timers.delaysMs()).toContain(5 * 60_000);
  });

  test('its own news makes no device ask again and again', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await listening(device);
    const before = device.network.asked.length;
    await pressOn(device, 'necessary-only');
    await until(() => expect(device.rig.view().sync.waiting).toBe(0));
    await quietly(device);
    const calls = device.network.asked.slice(before).map((asked) => asked.split(' ')[0]);
    expect(calls.filter((method) => method === 'POST')).toHaveLength(1);
    expect(calls.length).toBeLessThanOrEqual(3);
  });

  test('a session that is ended elsewhere is signed out here at once', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await listening(device);
    const [token = ''] = device.keychain.of('token');
    await call(`${world.server.origin}/alpha/v1/session`, 'DELETE', { token });
    await until(() => expect(device.rig.view().subject.kind).toBe('signed-out'));
    expect(device.rig.core.sync.detail('alpha').live).toBe(false);
  });

  test('one stream is open, and none after a sign-out', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await listening(device);
    await syncNow(device);
    await quietly(device);
    expect(streamsAsked(device)).toBe(1);
    await device.rig.handlers['session.signOut'](ALPHA);
    await until(() => expect(device.rig.core.sync.detail('alpha').live).toBe(false));
    await quietly(device);
    expect(streamsAsked(device)).toBe(1);
  });

  test('silence is a break: what was said meanwhile is fetched with the next stream', async ({
    world,
  }) => {
    const [one, other] = [await world.device(), await world.device()];
    const email = newEmail();
    await signInOn(one, email, { create: true });
    await signInOn(other, email);
    await listening(one);
    await listening(other);
    other.rig.silenceTimers.fireAll();
    await until(() => expect(other.rig.core.sync.detail('alpha').live).toBe(false));
    await pressOn(one, 'necessary-only');
    await until(() => expect(one.rig.view().sync.waiting).toBe(0));
    expect(other.rig.states()).not.toEqual(DENIED);
    expect(other.rig.timers.delaysMs()).toEqual([1250]);
    other.clock.nowMs += 1250;
    other.rig.timers.fireAll();
    await until(() => expect(other.rig.states()).toEqual(DENIED));
    await listening(other);
    expect(streamsAsked(other)).toBe(2);
  });
});

describe('a service without a stream, or with a page in its place', () => {
  test.for([
    ['no-service', 404, 3_600_000],
    ['a page', 200, 1250],
  ] as const)('works by asking: %s', async ([, status, againInMs], { world }) => {
    const device = await world.device();
    const type = { 'content-type': 'text/html' };
    device.network.instead('/v1/events', new Response('<html>', { status, headers: type }));
    await signInOn(device, newEmail(), { create: true });
    await untilSynced(device);
    await quietly(device);
    expect(device.rig.core.sync.detail('alpha').live).toBe(false);
    expect(device.rig.timers.delaysMs()).toEqual([Math.min(againInMs, 60_000)]);
    await syncNow(device);
    await quietly(device);
    expect(streamsAsked(device)).toBe(1);
    device.clock.nowMs += againInMs;
    await syncNow(device);
    await listening(device);
  });
});
