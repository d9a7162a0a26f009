import { AxeBuilder } from '@axe-core/playwright';
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
  const { violations } = await new AxeBuilder({ page: again.page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
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
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await signal.uncheck();
  await expect.poll(() => advertising.isDisabled()).toBe(false);
  await advertising.waitFor();
});
