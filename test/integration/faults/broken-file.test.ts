import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { anchorAccount } from '../../../src-main/ledger/index.js';
import { deviceAccount, tokenAccount } from '../../../src-main/secrets/index.js';
import { checkDatabase } from '../../../src-main/store/index.js';
import type { ServerWorld } from '../../support/client/server-world.js';
import {
  newEmail,
  PASSWORD,
  pressOn as pressOnDevice,
  signInOn,
  test,
  until,
} from '../../support/client/server-world.js';
import { anchoredUpTo } from '../../support/faults/anchored.js';
import { mustStart, pressOn, type StartedApp } from '../../support/faults/open-profile-rig.js';

/** Ways in which a database is no database any more. Each says what has to be found, untouched, where it was put aside. */
const DAMAGES: readonly (readonly [string, (file: string) => void])[] = [
  ['its header is overwritten', (file) => overwrite(file, Buffer.alloc(100, 0x5a))],
  ['it is empty beside its log', (file) => truncateSync(file, 0)],
  ['only its log is left', (file) => rmSync(file)],
  ['it is garbage', (file) => writeFileSync(file, 'no database at all. '.repeat(5000))],
  ['its schema is garbage', (file) => overwrite(file, Buffer.alloc(3900, 0x7f), 100)],
  ['a folder stands in its place', replaceByFolder],
];

function replaceByFolder(file: string): void {
  rmSync(file);
  mkdirSync(file);
}

function overwrite(file: string, bytes: Buffer, offset = 0): void {
  // Without its log: SQLite would take the page from there.
  rmSync(`${file}-wal`, { force: true });
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, offset);
  closeSync(descriptor);
}

/** Every file below a folder by its path, with what is in it. */
function contentOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [file, entry.isDirectory() ? 'a folder' : readFileSync(file).toString('base64')];
    }),
  );
}

/** A profile that decided signed in, with receipts, an anchor and a token in the keychain. */
async function decidedProfile(world: ServerWorld) {
  const device = await world.device();
  const email = newEmail();
  await signInOn(device, email, { create: true });
  await pressOnDevice(device, 'accept-all');
  await pressOnDevice(device, 'necessary-only');
  const { store } = device.rig;
  const account = store.sessions.get('alpha')?.accountId ?? '';
  await until(() => {
    expect(store.outbox.countWaiting('alpha', account)).toBe(0);
  });
  await anchoredUpTo(store, device.keychain.secrets);
  const profileId = store.meta.profileId();
  return { device, email, profileId };
}

describe('a database that cannot be opened', () => {
  test.for(DAMAGES)(
    'is put aside and not deleted when %s; signing in brings back what the server has',
    { timeout: 60_000 },
    async ([, damage], { world }) => {
      const { device, email, profileId } = await decidedProfile(world);
      const { folder, keychain, clock, network } = device;
      const file = path.join(folder, 'sayso.db');
      const log = readFileSync(`${file}-wal`);
      await device.rig.stop();
      writeFileSync(`${file}-wal`, log);
      damage(file);
      const before = contentOf(folder);
      for (const account of [tokenAccount, deviceAccount, anchorAccount]) {
        expect(keychain.secrets.has(account('alpha', profileId))).toBe(true);
      }

      const parts = { folder, keychain: keychain.library, clock, fetch: network.fetch };
      const app = mustStart({ ...parts, server: world.server.origin });
      try {
        expectPutAside(app, file, before);
        expect(app.view('alpha')).toMatchObject({ subject: { kind: 'signed-out' } });
        expect(app.view('alpha').bannerShows).toBe(true);
        await app.core.begin();
        expect(keychain.secrets.size).toBe(0);
        expect(app.view('alpha').ledger).toEqual({ state: 'sound', reason: null });
        // The same profile under a fresh database: nothing of the old one is left in the keychain under another name.
        expect(app.store.meta.profileId()).toBe(profileId);

        const input = { service: 'alpha', email, password: PASSWORD, remember: true };
        expect((await app.handlers['session.signIn'](input)).ok).toBe(true);
        await until(() => {
          const account = app.store.sessions.get('alpha')?.accountId ?? '';
          expect(app.store.history.all('alpha', account)).toHaveLength(2);
        });
        expect(app.view('alpha').purposes.map(({ state }) => state)).toEqual([
          'granted',
          'denied',
          'denied',
        ]);
        expect((await pressOn(app, 'alpha', 'accept-all')).ok).toBe(true);
        expect(await checkDatabase(file)).toEqual({
          findings: {},
          unreadable: null,
          entries: expect.any(Number),
        });
        await until(() => {
          expect(app.core.unsent('alpha').waiting).toBe(0);
        });
      } finally {
        await app.stop();
      }
    },
  );

  test('is put aside a second time without touching what was put aside first', async ({
    world,
  }) => {
    const device = await world.device();
    const { folder, keychain, clock } = device;
    await device.rig.stop();
    const file = path.join(folder, 'sayso.db');
    const targets: (string | null)[] = [];
    for (const garbage of ['first', 'second']) {
      writeFileSync(file, garbage.repeat(1000));
      const app = mustStart({ folder, keychain: keychain.library, clock });
      targets.push(app.setAside);
      await app.stop();
    }
    const [first, second] = targets;
    expect(readFileSync(first ?? '', 'utf8')).toContain('first');
    expect(readFileSync(second ?? '', 'utf8')).toContain('second');
  });
});

/** Everything that was there is there still, under its new name and byte for byte. */
function expectPutAside(app: StartedApp, file: string, before: Record<string, string>): void {
  const target = app.setAside ?? '';
  expect(target).toContain('sayso.db.set-aside-');
  const after = contentOf(path.dirname(file));
  const moved = ['', '-wal'].filter((suffix) => before[`${file}${suffix}`] !== undefined);
  expect(moved.length).toBeGreaterThan(0);
  for (const suffix of moved) {
    expect(after[`${target}${suffix}`]).toBe(before[`${file}${suffix}`]);
  }
  expect(existsSync(file) && statSync(file).isFile()).toBe(true);
}
