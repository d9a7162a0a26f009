import { describe, expect } from 'vitest';
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
import { countIn } from '../../../support/client/rows.js';
import { signIn } from '../../server/support/client.js';

const service = 'alpha';

/** A device that is signed in, and another session of the same account elsewhere. */
async function twoDevices(world: ServerWorld): Promise<{ device: Device; other: string }> {
  const device = await world.device();
  const email = newEmail();
  await signInOn(device, email, { create: true });
  const elsewhere = { device: { id: 'elsewhere', name: 'Mac' }, password: PASSWORD };
  const session = await signIn(`${world.server.origin}/alpha`, email, elsewhere);
  return { device, other: session.sessionId };
}

const listOn = async ({ rig }: Device) => rig.handlers['account.devices']({ service });

async function namesOn(device: Device): Promise<string[]> {
  const listed = await listOn(device);
  if (!listed.ok) throw new Error(listed.error.code);
  return listed.value.devices.map(({ name, isThis }) => (isThis ? `${name} (this)` : name));
}

describe('the list of devices', () => {
  test('names each session of the account, this one first', async ({ world }) => {
    const { device } = await twoDevices(world);
    expect(await namesOn(device)).toEqual(['Test (this)', 'Mac']);
    const listed = await listOn(device);
    const at = new Date(device.clock.nowMs).toISOString();
    expect(listed).toMatchObject({ ok: true, value: { asOf: at, problem: null } });
  });

  test('ends one, and all others', async ({ world }) => {
    const { device, other } = await twoDevices(world);
    const ended = await device.rig.handlers['account.endDevice']({ service, session: other });
    expect(ended).toMatchObject({ ok: true, value: { devices: [{ isThis: true }] } });
    // Once more is as good: it is gone.
    expect((await device.rig.handlers['account.endDevice']({ service, session: other })).ok).toBe(
      true,
    );
    await twoMore(world, device);
    expect(await namesOn(device)).toEqual(['Test (this)', 'Mac', 'Mac']);
    expect((await device.rig.handlers['account.endOthers']({ service })).ok).toBe(true);
    expect(await namesOn(device)).toEqual(['Test (this)']);
    expect(device.rig.view().subject.kind).toBe('signed-in');
  });

  test('says what it last heard where the service is out of reach, and ends nothing then', async ({
    world,
  }) => {
    const { device, other } = await twoDevices(world);
    const asOf = new Date(device.clock.nowMs).toISOString();
    await listOn(device);
    device.network.up = false;
    device.clock.nowMs += 60_000;
    const problem = { code: 'no-network' };
    const heard = await listOn(device);
    expect(heard).toMatchObject({ ok: true, value: { asOf, problem } });
    expect(heard.ok && heard.value.devices).toHaveLength(2);
    const gone = { ok: false, error: problem };
    expect(await device.rig.handlers['account.endDevice']({ service, session: other })).toEqual(
      gone,
    );
    expect(await device.rig.handlers['account.endOthers']({ service })).toEqual(gone);
    device.network.up = true;
    expect(await namesOn(device)).toHaveLength(2);
  });

  test('is known also after a restart without a network', async ({ world }) => {
    const { device } = await twoDevices(world);
    expect(await namesOn(device)).toHaveLength(2);
    const asOf = new Date(device.clock.nowMs).toISOString();
    await device.rig.stop();
    device.network.up = false;
    device.clock.nowMs += 3_600_000;
    device.start();
    await device.rig.core.begin();
    const heard = await listOn(device);
    expect(heard).toMatchObject({ ok: true, value: { asOf, problem: { code: 'no-network' } } });
    expect(heard.ok && heard.value.devices.map(({ name }) => name)).toEqual(['Test', 'Mac']);
  });

  test('shows nothing of an account to the next one', async ({ world }) => {
    const { device } = await twoDevices(world);
    await listOn(device);
    await device.rig.handlers['session.signOut']({ service });
    expect(await listOn(device)).toEqual({ ok: false, error: { code: 'not-signed-in' } });
    await signInOn(device, newEmail(), { create: true });
    device.network.up = false;
    expect(await listOn(device)).toEqual({ ok: false, error: { code: 'no-network' } });
  });

  test('of a session that was ended elsewhere signs out at once, and says so', async ({
    world,
  }) => {
    const { device } = await twoDevices(world);
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    world.server.database.prepare('UPDATE sessions SET ended_at_ms = 1').run();
    expect(await listOn(device)).toEqual({ ok: false, error: { code: 'session-ended' } });
    expect(device.rig.view().subject).toEqual({ kind: 'signed-out', because: 'ended-elsewhere' });
    await until(() => expect(countIn(device.rig.file, 'session')).toBe(0));
    expect(device.keychain.of('token')).toEqual([]);
    await signInOn(device, newEmail(), { create: true });
    await device.rig.handlers['session.signOut']({ service });
    expect(device.rig.view().subject).toEqual({ kind: 'signed-out' });
  });

  test('of a session that ran out keeps its subject and what waits', async ({ world }) => {
    const { device } = await twoDevices(world);
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    device.network.up = false;
    await pressOn(device, 'accept-all');
    device.network.up = true;
    world.server.database.prepare('UPDATE sessions SET expires_at_ms = 1').run();
    expect(await listOn(device)).toEqual({ ok: false, error: { code: 'session-expired' } });
    expect(device.rig.view().subject).toEqual({ kind: 'expired' });
    expect(device.rig.view().sync.waiting).toBe(1);
  });
});

/** Two more sessions of the account of a device. */
async function twoMore(world: ServerWorld, device: Device): Promise<void> {
  const { subject } = device.rig.view();
  const email = subject.kind === 'signed-in' ? subject.email : null;
  for (const id of ['one', 'two']) {
    const changes = { device: { id, name: 'Mac' }, password: PASSWORD };
    await signIn(`${world.server.origin}/alpha`, email ?? '', changes);
  }
}
