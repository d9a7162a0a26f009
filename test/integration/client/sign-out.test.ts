import { describe, expect } from 'vitest';
import { countIn, decisionsIn } from '../../support/client/rows.js';
import {
  newEmail,
  PASSWORD,
  pressOn,
  signInOn,
  test,
  until,
  type ServerWorld,
} from '../../support/client/server-world.js';
import { call } from '../server/support/client.js';

/** What the server says about a token now. */
async function answerTo({ server }: ServerWorld, token: string): Promise<string> {
  const { status, text } = await call(`${server.origin}/alpha/v1/session`, 'GET', { token });
  return status === 200 ? 'open' : (JSON.parse(text) as { type: string }).type;
}

describe('signing out', () => {
  test('without a network counts at once, and ends the session when there is one', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    const [token = ''] = device.keychain.of('token');
    device.network.up = false;
    expect((await device.rig.handlers['session.signOut']({ service: 'alpha' })).ok).toBe(true);
    expect(device.rig.view().subject.kind).toBe('signed-out');
    expect([...device.keychain.of('token'), ...device.keychain.of('device')]).toEqual([]);
    expect(await answerTo(world, token)).toBe('open');
    await device.rig.stop();
    device.start();
    device.network.up = true;
    await device.rig.core.begin();
    await until(() => expect(countIn(device.rig.file, 'revoke_handle')).toBe(0));
    expect(await answerTo(world, token)).toBe('session-ended');
  });

  test('without a network, and then of another account: the first session ends once there is one, the second is untouched', async ({
    world,
  }) => {
    const device = await world.device();
    await signInOn(device, newEmail(), { create: true });
    await pressOn(device, 'necessary-only');
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    const [first = ''] = device.keychain.of('token');
    const others = newEmail();
    const body = { email: others, password: PASSWORD };
    await call(`${world.server.origin}/alpha/v1/accounts`, 'POST', { body });
    device.network.up = false;
    await device.rig.handlers['session.signOut']({ service: 'alpha' });
    expect(await answerTo(world, first)).toBe('open');
    // The network is back for the sign-in alone: the handle of the first session is held up.
    const held = device.network.hold('/v1/sessions/revoke', 'before');
    device.network.up = true;
    await signInOn(device, others);
    const [second = ''] = device.keychain.of('token');
    expect(device.rig.view().subject).toMatchObject({ kind: 'signed-in', email: others });
    held.release();
    await until(() => expect(countIn(device.rig.file, 'revoke_handle')).toBe(1));
    expect(await answerTo(world, first)).toBe('session-ended');
    expect(await answerTo(world, second)).toBe('open');
    expect(second).not.toBe(first);
    expect(device.keychain.of('vault')).toHaveLength(1);
    const subjects = new Set(decisionsIn(device.rig.file).map(({ decision }) => decision.subject));
    expect(subjects.size).toBeLessThanOrEqual(1);
  });

  test('leaves numbers of discarded decisions used for ever', async ({ world }) => {
    const device = await world.device();
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    device.network.up = false;
    await pressOn(device, 'accept-all');
    await pressOn(device, 'necessary-only');
    expect(await device.rig.handlers['session.unsent']({ service: 'alpha' })).toEqual({
      waiting: 2,
      grants: 1,
    });
    await device.rig.handlers['session.signOut']({ service: 'alpha' });
    device.network.up = true;
    await signInOn(device, email);
    await pressOn(device, 'accept-all');
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    const seqs = decisionsIn(device.rig.file).map(({ decision }) => decision.seq);
    // The refusal has arrived by itself; what was allowed then is gone.
    expect(seqs.toSorted()).toEqual([2, 3]);
  });

  test('lets the device’s grants be asked about again also while the keychain does not answer', async ({
    world,
  }) => {
    const device = await world.device();
    await pressOn(device, 'accept-all');
    await signInOn(device, newEmail(), { create: true });
    device.keychain.fail('deletePassword', true);
    expect((await device.rig.handlers['session.signOut']({ service: 'alpha' })).ok).toBe(true);
    expect(device.rig.view().subject.kind).toBe('signed-out');
    expect(device.rig.states()).toEqual({ analytics: 'ask-again', advertising: 'ask-again' });
  });

  test('when quitting is it for a session that was not to be kept', async ({ world }) => {
    const device = await world.device();
    const email = newEmail();
    await signInOn(device, email, { create: true, remember: false });
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    expect(device.keychain.calls.filter((one) => !one.endsWith(' anchor'))).toEqual([]);
    await device.rig.stop();
    device.start();
    expect(device.rig.view().subject.kind).toBe('signed-out');
    await device.rig.core.begin();
    await until(() => expect(countIn(device.rig.file, 'revoke_handle')).toBe(0));
    const open = world.server.database
      .prepare('SELECT id FROM sessions WHERE ended_at_ms IS NULL')
      .all();
    expect(open).toEqual([]);
  });

  test('is what a wrong password never is', async ({ world }) => {
    const device = await world.device();
    const email = newEmail();
    await signInOn(device, email, { create: true });
    await device.rig.handlers['session.signOut']({ service: 'alpha' });
    const input = { service: 'alpha', email, password: `${PASSWORD}?`, remember: true };
    const outcome = await device.rig.handlers['session.signIn'](input);
    expect(outcome).toEqual({ ok: false, error: { code: 'bad-credentials' } });
    await until(() => expect(countIn(device.rig.file, 'revoke_handle')).toBe(0));
    expect([...device.keychain.of('token'), ...device.keychain.of('device')]).toEqual([]);
  });
});
