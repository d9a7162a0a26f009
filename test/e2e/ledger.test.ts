import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { checkedLedger, ledgerOf } from '../support/ledger-state.js';
import { test, type RunningApp, type Stage } from '../support/stage.js';

/** For the start of a process and its checks on a busy machine. */
const PATIENT = { timeout: 60_000 };

const PARTS = ['sayso.db', 'sayso.db-wal', 'sayso.db-shm'];

/** What the snapshot says of Integro's ledger. */
async function expectAllOff({ page }: RunningApp): Promise<void> {
  const optional = page.getByRole('switch', { disabled: false });
  await expect.poll(() => optional.count(), PATIENT).toBeGreaterThan(0);
  expect(await page.getByRole('switch', { checked: true, disabled: false }).count()).toBe(0);
}

/** Waits until the notice says so, at once and by itself, and offers the way out. */
async function suspected({ page, pages }: RunningApp, because: string): Promise<void> {
  await page.getByRole('alert').filter({ hasText: because }).waitFor(PATIENT);
  await pages.button('Start over with this service').waitFor();
}

/** A profile in which everything was accepted, and then everything withdrawn; with a copy of the file from in between. */
async function withdrawnProfile(stage: Stage): Promise<{ file: string; backup: string }> {
  const file = path.join(stage.profileFolder, 'sayso.db');
  const backup = stage.folder('backup');
  const first = await stage.offlineApp();
  await first.pages.button('Accept all cookies').click();
  await first.pages.status('Saved on this device');
  await checkedLedger(first.page, 'integro');
  await first.close();
  cpSync(file, path.join(backup, 'sayso.db'));

  const second = await stage.offlineApp();
  await second.pages.open('Privacy');
  await second.page.getByRole('switch', { name: 'Analytics', checked: true }).click();
  await second.page.getByRole('switch', { name: 'Analytics', checked: false }).waitFor();
  await checkedLedger(second.page, 'integro');
  await second.close();
  return { file, backup };
}

describe('a copy of the profile from before a withdrawal', () => {
  test('is noticed; nothing is on, and one press begins anew', async ({ stage }) => {
    const { file, backup } = await withdrawnProfile(stage);
    for (const part of PARTS) rmSync(path.join(stage.profileFolder, part), { force: true });
    cpSync(path.join(backup, 'sayso.db'), file);

    const app = await stage.offlineApp();
    await app.pages.open('Privacy');
    await suspected(app, 'is older than the one Sayso wrote last');
    expect(await ledgerOf(app.page, 'integro')).toEqual({ state: 'suspect', reason: 'older' });
    await expectAllOff(app);

    await app.pages.button('Start over with this service').click();
    await app.pages.button('Accept all cookies').waitFor(PATIENT);
    await expectAllOff(app);
    expect(await ledgerOf(app.page, 'integro')).toEqual({ state: 'sound', reason: null });
    const aside = readdirSync(stage.profileFolder).filter((name) => name.includes('set-aside'));
    expect(aside).toHaveLength(1);
    await app.pages.button('Accept necessary only').click();
    await app.pages.status('Saved on this device');
    await app.close();

    const next = await stage.offlineApp();
    await checkedLedger(next.page, 'integro');
    expect(await ledgerOf(next.page, 'integro')).toEqual({ state: 'sound', reason: null });
    await next.close();
  });
});

describe('a database that cannot be read', () => {
  test('is put aside where the notice says, and the app works', async ({ stage }) => {
    const { file } = await withdrawnProfile(stage);
    const garbage = 'this was never a database, and it is longer than a header would be'.repeat(99);
    writeFileSync(file, garbage);

    const app = await stage.offlineApp();
    const notice = app.page.getByText('sayso.db.set-aside-');
    const words = (await notice.innerText()).replaceAll('\n', ' ');
    const [aside = ''] = /\/\S*sayso\.db\.set-aside-\S*[^\s.]/.exec(words) ?? [];
    expect(readFileSync(aside, 'utf8')).toBe(garbage);
    await app.pages.open('Privacy');
    await expectAllOff(app);
    await app.pages.button('Accept all cookies').click();
    await app.pages.status('Saved on this device');
    await checkedLedger(app.page, 'integro');
    expect(await ledgerOf(app.page, 'integro')).toMatchObject({ reason: null });
    await app.close();
    expect(existsSync(aside)).toBe(true);
  });
});

describe('an old entry that was changed', () => {
  test('is found by the check beside the running app', async ({ stage }) => {
    const first = await stage.offlineApp();
    await first.pages.button('Accept all cookies').click();
    await first.pages.status('Saved on this device');
    await first.pages.open('Privacy');
    for (const checked of [false, true, false]) {
      await first.pages.toggle('Analytics').click();
      await first.page.getByRole('switch', { name: 'Analytics', checked }).waitFor();
    }
    await first.close();
    const database = new Database(path.join(stage.profileFolder, 'sayso.db'));
    // The second of four: neither the newest nor one that anything rests on, so that the short look at the start passes it by.
    const { changes } = database
      .prepare(
        `UPDATE decision SET body = replace(body, '"lang":"en"', '"lang":"eo"') WHERE seq = 2`,
      )
      .run();
    expect(changes).toBe(1);
    database.close();

    const app = await stage.offlineApp();
    await app.pages.open('Privacy');
    await suspected(app, 'was changed by something other than Sayso');
    expect(await ledgerOf(app.page, 'integro')).toEqual({ state: 'suspect', reason: 'changed' });
    await expectAllOff(app);
    await app.close();
  });
});
