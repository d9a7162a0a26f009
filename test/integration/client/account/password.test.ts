import { describe, expect } from 'vitest';
import {
  newEmail,
  PASSWORD,
  signInOn,
  test,
  until,
  type Device,
} from '../../../support/client/server-world.js';

const service = 'alpha';
const next = 'another one entirely';

const changeOn = ({ rig }: Device, current: string) =>
  rig.handlers['account.changePassword']({ service, current, next });

describe('changing the password', () => {
  test('ends every other session, and the new one holds from then on', async ({ world }) => {
    const email = newEmail();
    const device = await world.device();
    const other = await world.device();
    await signInOn(device, email, { create: true });
    await signInOn(other, email);
    await until(() => expect(other.rig.view().sync.state).toBe('synced'));
    expect(await changeOn(device, PASSWORD)).toEqual({ ok: true, value: null });
    // Its stream of news tells the other at once.
    await until(() =>
      expect(other.rig.view().subject).toEqual({ kind: 'signed-out', because: 'ended-elsewhere' }),
    );
    expect(device.rig.view().subject.kind).toBe('signed-in');
    const input = { service, email, password: next, remember: false };
    expect((await other.rig.handlers['session.signIn'](input)).ok).toBe(true);
  });

  test('with a wrong one changes nothing and signs nobody out', async ({ world }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    expect(await changeOn(device, 'not it')).toEqual({
      ok: false,
      error: { code: 'wrong-password' },
    });
    expect(device.rig.view().subject.kind).toBe('signed-in');
  });

  test('says apart what the service said: a pause, an error, nothing, a form it does not take', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    const problem = (type: string, status: number, headers: Record<string, string> = {}) =>
      new Response(JSON.stringify({ type, title: type, status }), {
        status,
        headers: { 'content-type': 'application/problem+json', ...headers },
      });
    const { network } = device;
    network.instead('/password', problem('too-many-requests', 429, { 'retry-after': '90' }));
    expect(await changeOn(device, PASSWORD)).toEqual({
      ok: false,
      error: { code: 'too-many-requests', waitMs: 90_000 },
    });
    network.instead('/password', problem('internal', 500));
    expect(await changeOn(device, PASSWORD)).toMatchObject({ error: { code: 'server-error' } });
    network.instead('/password', problem('bad-request', 400));
    expect(await changeOn(device, PASSWORD)).toMatchObject({
      error: { code: 'malformed-password' },
    });
    network.up = false;
    expect(await changeOn(device, PASSWORD)).toMatchObject({ error: { code: 'no-network' } });
  });
});
