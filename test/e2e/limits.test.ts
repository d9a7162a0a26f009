import path from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { test } from '../support/stage.js';

test('"Never on this device" turns a switch off here, survives a restart, and the switch lifts it', async ({
  stage,
}) => {
  const app = await stage.offlineApp();
  await app.pages.button('Accept all cookies').click();
  await app.pages.open('Privacy');
  const on = app.page.getByRole('switch', { name: 'Analytics', checked: true });
  await on.waitFor();
  await app.page.getByRole('checkbox', { name: 'Never on this device: Analytics' }).check();
  await app.page.getByRole('switch', { name: 'Analytics', checked: false }).waitFor();
  await app.page.getByText('Off on this device, whatever is allowed elsewhere').waitFor();
  await app.kill();

  const again = await stage.offlineApp();
  await again.pages.open('Privacy');
  const box = again.page.getByRole('checkbox', { name: 'Never on this device: Analytics' });
  await expect.poll(() => box.isChecked()).toBe(true);
  await again.page.getByRole('switch', { name: 'Analytics', checked: false }).press('Space');
  await again.page.getByRole('switch', { name: 'Analytics', checked: true }).waitFor();
  await expect.poll(() => box.isChecked()).toBe(false);
});

test('the opt-out signal refuses advertising for every service, and switched off allows nothing', async ({
  stage,
}) => {
  const { page, pages } = await stage.offlineApp();
  await pages.button('Accept all cookies').click();
  await pages.open('Privacy');
  const signal = page.getByRole('checkbox', { name: 'Send the opt-out signal' });
  await signal.check();
  await page.getByRole('status').and(page.locator('[data-state=saved]')).waitFor();
  const advertising = page.getByRole('switch', { name: 'Advertising', checked: false });
  await advertising.waitFor();
  expect(await advertising.isDisabled()).toBe(true);
  await page.getByText('Kept off by the opt-out signal').waitFor();
  await page.getByRole('switch', { name: 'Analytics', checked: true }).waitFor();

  await signal.uncheck();
  await expect.poll(() => advertising.isDisabled()).toBe(false);
  await advertising.waitFor();
});

test('a limit that the disk does not take is told, and its box stays as it is kept', async ({
  stage,
}) => {
  const { page, pages } = await stage.offlineApp();
  await pages.button('Accept all cookies').click();
  await pages.status('Saved on this device');
  await pages.open('Privacy');
  const database = new Database(path.join(stage.profileFolder, 'sayso.db'));
  database.exec(`CREATE TRIGGER no BEFORE INSERT ON meta BEGIN SELECT RAISE(ABORT, 'no'); END`);
  for (const name of ['Never on this device: Analytics', 'Send the opt-out signal']) {
    const box = page.getByRole('checkbox', { name });
    await box.click();
    const told = page.getByRole('alert').filter({ hasText: 'Not saved: the disk did not take it' });
    await told.waitFor();
    await expect.poll(() => box.isChecked()).toBe(false);
    database.exec('DROP TRIGGER no');
    await box.click();
    await told.waitFor({ state: 'detached' });
    await expect.poll(() => box.isChecked()).toBe(true);
    database.exec(`CREATE TRIGGER no BEFORE INSERT ON meta BEGIN SELECT RAISE(ABORT, 'no'); END`);
  }
  database.close();
});
