import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.js';
import { putReceivedIntoDecisions } from '../../support/client/older-profile.js';
import { mustOpen } from '../../support/client/open-store.js';
import { countIn } from '../../support/client/rows.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';
import {
  newEmail,
  signInOn,
  test,
  until,
  type Device,
  type ServerWorld,
} from '../../support/client/server-world.js';

/** The files of a folder that hold a text. */
function holding(folder: string, text: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(path.join(folder, name)).includes(text));
}

async function signedIn(world: ServerWorld, email: string): Promise<Device> {
  const device = await world.device();
  await signInOn(device, email, { create: true });
  await until(() => expect(device.rig.view().sync.state).toBe('synced'));
  return device;
}

const emailOn = ({ rig }: Device): string | null => {
  const { subject } = rig.view();
  return subject.kind === 'signed-in' ? subject.email : null;
};

describe('what is kept of an account', () => {
  test('is there at the next start without a network, and never readable on the disk', async ({
    world,
  }) => {
    const email = newEmail();
    const device = await signedIn(world, email);
    expect(holding(device.folder, email)).toEqual([]);
    await device.rig.stop();
    expect(holding(device.folder, email)).toEqual([]);
    device.network.up = false;
    device.start();
    await device.rig.core.begin();
    expect(emailOn(device)).toBe(email);
  });

  test('is unreadable without its key, and the person is signed in all the same', async ({
    world,
  }) => {
    const device = await signedIn(world, newEmail());
    await device.rig.stop();
    for (const account of device.keychain.secrets.keys()) {
      if (account.endsWith('/vault')) device.keychain.secrets.delete(account);
    }
    device.network.up = false;
    device.start();
    await device.rig.core.begin();
    expect(device.rig.view().subject.kind).toBe('signed-in');
    expect(emailOn(device)).toBeNull();
  });

  test('goes with the sign-out: the key from the keychain, the bytes from the file', async ({
    world,
  }) => {
    const device = await signedIn(world, newEmail());
    expect(countIn(device.rig.file, 'vault')).toBe(1);
    const sealed = device.rig.store.vault.get('alpha', accountOf(device))?.toString('latin1') ?? '';
    expect(sealed).not.toBe('');
    await device.rig.handlers['session.signOut']({ service: 'alpha' });
    expect(device.keychain.of('vault')).toEqual([]);
    expect(countIn(device.rig.file, 'vault')).toBe(0);
    await device.rig.stop();
    const bytes = Buffer.from(sealed, 'latin1');
    const left = readdirSync(device.folder).filter((name) =>
      readFileSync(path.join(device.folder, name)).includes(bytes),
    );
    expect(left).toEqual([]);
  });

  test('of a session that is not kept is nowhere on the disk', async ({ world }) => {
    const email = newEmail();
    const device = await world.device();
    await signInOn(device, email, { create: true, remember: false });
    await until(() => expect(device.rig.view().sync.state).toBe('synced'));
    expect(emailOn(device)).toBe(email);
    expect(countIn(device.rig.file, 'vault')).toBe(0);
    expect(device.keychain.of('vault')).toEqual([]);
  });

  test('and the session itself are kept late where the keychain works only later', async ({
    world,
  }) => {
    const email = newEmail();
    const device = await world.device();
    device.keychain.fail('setPassword', true);
    await signInOn(device, email, { create: true });
    expect(device.rig.view().subject).toMatchObject({ kind: 'signed-in', remembered: false });
    device.keychain.fail('setPassword', false);
    await device.rig.handlers['keychain.tryAgain']({});
    expect(device.rig.view().subject).toMatchObject({ kind: 'signed-in', remembered: true });
    await device.rig.stop();
    device.start();
    await device.rig.core.begin();
    expect(device.rig.view().subject).toMatchObject({ kind: 'signed-in', email });
  });
});

function accountOf({ rig }: Device): string {
  return rig.store.sessions.get('alpha')?.accountId ?? '';
}

describe('the table of what is kept', () => {
  it('comes to a profile of before, which keeps everything that it had', () => {
    const { folder, remove } = temporaryFolder('vault-migration');
    const file = path.join(folder, 'sayso.db');
    mustOpen(file).close();
    const before = new Database(file);
    putReceivedIntoDecisions(before);
    before.exec('DROP TABLE vault; DROP TABLE imported; DROP TABLE imported_text');
    before.exec('ALTER TABLE session DROP COLUMN arrival');
    before.pragma('user_version = 2');
    const profileId = before
      .prepare(`SELECT value FROM meta WHERE key = 'profile-id'`)
      .pluck()
      .get();
    before.close();
    const store = mustOpen(file);
    expect(store.meta.profileId()).toBe(profileId);
    expect(store.meta.suspect('alpha')).toBeNull();
    store.vault.put('alpha', 'account', Buffer.from([1, 2, 3]));
    expect(store.vault.get('alpha', 'account')).toEqual(Buffer.from([1, 2, 3]));
    expect(store.vault.get('alpha', 'another')).toBeNull();
    store.close();
    const after = new Database(file, { readonly: true });
    expect(after.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    after.close();
    remove();
  });
});
