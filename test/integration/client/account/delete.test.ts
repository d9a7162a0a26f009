import { describe, expect } from 'vitest';
import { countIn, decisionsIn } from '../../../support/client/rows.js';
import {
  newEmail,
  PASSWORD,
  pressOn,
  signInOn,
  test,
  until,
  type Device,
  type ServerWorld,
} from '../../../support/client/server-world.js';

const service = 'alpha';
const DELETED = { kind: 'signed-out', because: 'account-deleted' };

const countAt = ({ server }: ServerWorld, table: string): number =>
  (server.database.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;

const deleteOn = ({ rig }: Device, password = PASSWORD) =>
  rig.handlers['account.delete']({ service, password });

/** Signed in, with a choice of the device's own and one of the account. */
async function withChoices(world: ServerWorld): Promise<Device> {
  const device = await world.device();
  await pressOn(device, 'necessary-only');
  await signInOn(device, newEmail(), { create: true });
  await pressOn(device, 'accept-all');
  await until(() => expect(device.rig.view().sync.state).toBe('synced'));
  return device;
}

/** Nothing of the account is left here; the device's own refusal is. */
function onlyTheDeviceIsLeft(device: Device): void {
  const { file } = device.rig;
  for (const table of ['session', 'outbox', 'parting']) expect(countIn(file, table)).toBe(0);
  expect(decisionsIn(file).map(({ decision }) => decision.subject)).toEqual([null]);
  expect([...device.keychain.of('token'), ...device.keychain.of('device')]).toEqual([]);
  expect(device.rig.states()).toEqual({ analytics: 'denied', advertising: 'denied' });
}

describe('deleting the account', () => {
  test('erases it at the service and here, and leaves the device its own', async ({ world }) => {
    const device = await withChoices(world);
    expect((await deleteOn(device)).ok).toBe(true);
    expect(device.rig.view().subject).toEqual(DELETED);
    onlyTheDeviceIsLeft(device);
    for (const table of ['accounts', 'sessions', 'entries']) expect(countAt(world, table)).toBe(0);
    await until(() => expect(countIn(device.rig.file, 'revoke_handle')).toBe(0));
  });

  test('sends nothing of what waited', async ({ world }) => {
    const device = await withChoices(world);
    const held = device.network.hold('/v1/decisions', 'before');
    await pressOn(device, 'withdraw');
    await held.reached;
    const outcome = await deleteOn(device);
    held.release();
    expect(outcome.ok).toBe(true);
    onlyTheDeviceIsLeft(device);
  });

  test('needs the password, and leaves no second session behind', async ({ world }) => {
    const device = await withChoices(world);
    expect(await deleteOn(device, 'not it')).toEqual({
      ok: false,
      error: { code: 'wrong-password' },
    });
    expect(device.rig.view().subject.kind).toBe('signed-in');
    expect(countAt(world, 'accounts')).toBe(1);
    expect(countIn(device.rig.file, 'revoke_handle')).toBe(1);
  });

  test('that the service does not do changes nothing, and ends the session that proved the password', async ({
    world,
  }) => {
    const device = await withChoices(world);
    const refusal = { type: 'unavailable', title: 'Not now', status: 422 };
    const headers = { 'content-type': 'application/problem+json' };
    device.network.instead(
      '/v1/account',
      new Response(JSON.stringify(refusal), { status: 422, headers }),
    );
    expect(await deleteOn(device)).toEqual({ ok: false, error: { code: 'server-error' } });
    expect(device.rig.view().subject.kind).toBe('signed-in');
    const open = 'SELECT id FROM sessions WHERE ended_at_ms IS NULL';
    await until(() => expect(world.server.database.prepare(open).all()).toHaveLength(1));
    expect(device.rig.store.meta.erasingAccount(service)).toBe(null);
  });

  test('whose answer is lost is finished by what the service says next', async ({ world }) => {
    const device = await withChoices(world);
    const held = device.network.hold('/v1/account', 'after');
    const asked = deleteOn(device);
    await held.reached;
    device.network.up = false;
    device.network.instead('/v1/account', Response.error());
    expect(countAt(world, 'accounts')).toBe(0);
    await device.rig.crash();
    held.release();
    void asked;
    device.network.up = true;
    device.start();
    await device.rig.core.begin();
    await until(() => expect(device.rig.view().subject).toEqual(DELETED));
    await until(() => expect(countIn(device.rig.file, 'session')).toBe(0));
    onlyTheDeviceIsLeft(device);
  });

  test('that never reached the service is forgotten once it answers', async ({ world }) => {
    const device = await withChoices(world);
    device.network.instead('/v1/account', new Response('busy', { status: 503 }));
    expect(await deleteOn(device)).toEqual({ ok: false, error: { code: 'server-error' } });
    await until(() => expect(device.rig.store.meta.erasingAccount(service)).toBe(null));
    expect(device.rig.view().subject.kind).toBe('signed-in');
    expect(countAt(world, 'accounts')).toBe(1);
  });
});
