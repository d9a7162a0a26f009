import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { launchApp } from '../../scripts/drive/index.mjs';
import { NOBODY, test } from '../support/stage.js';

/** For the start of a process on a busy machine. */
const PATIENT = { timeout: 30_000 };

describe('a profile that cannot be used is left alone, and the window says why', () => {
  test('a database from a newer version', async ({ stage }) => {
    const first = await stage.offlineApp();
    await first.pages.button('Accept all cookies').click();
    await first.pages.status('Saved on this device');
    await first.close();
    const file = path.join(stage.profileFolder, 'sayso.db');
    const database = new Database(file);
    database.pragma('user_version = 99');
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    const before = hashOf(file);

    const second = await stage.offlineApp();
    const shown = await second.page.locator('body').innerText();
    expect(shown).toContain(file);
    expect(shown).toContain('99');
    expect(await second.page.getByRole('switch').count()).toBe(0);
    await second.close();
    const plain = stage.plainApp();
    await expect.poll(() => plain.output(), PATIENT).toContain('database-newer');
    await plain.end();
    expect(hashOf(file)).toBe(before);
  });

  test('a file that is no database is put aside, not deleted', async ({ stage }) => {
    const file = path.join(stage.profileFolder, 'sayso.db');
    writeFileSync(
      file,
      'this was never a database, and it is longer than a header would have to be'.repeat(20),
    );
    const before = hashOf(file);
    const { page, pages, close } = await stage.offlineApp();
    await page.getByText(`${file}.set-aside-`).waitFor();
    const [aside = ''] = readdirSync(stage.profileFolder).filter((name) =>
      name.startsWith('sayso.db.set-aside-'),
    );
    expect(hashOf(path.join(stage.profileFolder, aside))).toBe(before);
    await pages.button('Accept all cookies').click();
    await pages.status('Saved on this device');
    await close();
  });

  test('a folder on a read-only mount', async ({ stage }) => {
    const mount = readOnlyMount(stage.folder('mount'));
    stage.onEnd(() => mount.unmount());
    const running = await launchApp({ profileFolder: mount.folder, serverUrl: NOBODY });
    stage.onEnd(() => running.kill().catch(() => undefined));
    const shown = await running.page.locator('body').innerText();
    expect(shown).toContain(mount.folder);
    await running.close();
    const plain = stage.plainApp({ profileFolder: mount.folder });
    await expect.poll(() => plain.output(), PATIENT).toContain('profile-read-only');
  });

  test('a second start brings the first window to the front and says so', async ({ stage }) => {
    const first = await stage.offlineApp();
    const second = stage.plainApp();
    await expect.poll(() => second.output(), PATIENT).toContain('already open');
    expect(await second.ended()).toBe(0);
    await first.pages.button('Accept all cookies').click();
    await first.pages.status('Saved on this device');
    expect(first.electron.windows()).toHaveLength(1);
  });
});

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/**
 * A folder that cannot be written: a read-only mount where mounts may be made, else a folder without the permission to
 * write (which would not hold back the superuser, who may make mounts).
 */
function readOnlyMount(folder: string): { folder: string; unmount: () => void } {
  const target = path.join(folder, 'profile');
  mkdirSync(target);
  const run = (command: string, ...args: string[]): number | null =>
    spawnSync(command, args, { stdio: 'ignore' }).status;
  if (process.getuid?.() !== 0) {
    run('chmod', '0555', target);
    return { folder: target, unmount: () => void run('chmod', '0755', target) };
  }
  if (run('mount', '-t', 'tmpfs', '-o', 'ro,size=1m', 'tmpfs', target) !== 0) {
    throw new Error('this machine does not let its superuser make a mount');
  }
  return { folder: target, unmount: () => void run('umount', target) };
}
