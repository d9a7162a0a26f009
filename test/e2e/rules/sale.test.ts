import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect } from 'vitest';
import { countPresses } from '../../support/presses.js';
import { test, type RunningApp } from '../../support/stage.js';

const OPT_OUT = 'Do not sell or share my personal information';
const ALLOW = 'Allow sale or sharing';

const saleOf = ({ page }: RunningApp) => page.getByRole('region', { name: 'Sale or sharing' });
const says = (app: RunningApp, text: string) => saleOf(app).getByText(text).waitFor();

/** Opens it again the long way: asked once, confirmed twice. */
async function allowSale({ page }: RunningApp): Promise<number> {
  const presses = countPresses(page);
  await presses.press('button', ALLOW);
  const first = page.getByRole('dialog', { name: 'Allow sale or sharing?' });
  await first.waitFor();
  await presses.press('button', 'Continue');
  await first.waitFor({ state: 'detached' });
  const second = page.getByRole('dialog', { name: 'Confirm sale or sharing' });
  await second.getByRole('button', { name: ALLOW }).click();
  return presses.count() + 1;
}

describe('rule 16: "Do not sell or share my personal information"', () => {
  test('is a control of its own, two steps from the home screen, without an account, and no part of accepting', async ({
    stage,
  }) => {
    const app = await stage.offlineApp();
    const { page, pages } = app;
    await pages.banner().waitFor();
    expect(await pages.banner().innerText()).not.toContain('sold');
    await pages.button('Accept all cookies').click();
    await pages.status('Saved on this device');
    const presses = countPresses(page);
    await presses.press('button', 'Privacy');
    await says(app, 'Off. Nothing is sold or shared until you allow it');
    await presses.press('button', OPT_OUT);
    expect(presses.count()).toBeLessThanOrEqual(2);
    await says(app, 'Off. You said no on');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await pages.open('History');
    await page.getByText('You refused Sale or sharing').waitFor();
  });

  test('opting back in takes two confirmations, opting out again one press', async ({ stage }) => {
    const app = await stage.offlineApp();
    const { page, pages } = app;
    await pages.button('Accept necessary only').click();
    await pages.open('Privacy');
    await pages.button(OPT_OUT).click();
    await says(app, 'Off. You said no on');

    for (const upTo of [1, 2]) {
      await pages.button(ALLOW).click();
      if (upTo === 2) await pages.button('Continue').click();
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      await (upTo === 1 ? page.keyboard.press('Escape') : pages.button('Keep off').click());
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await says(app, 'Off. You said no on');
    }
    expect(await allowSale(app)).toBe(3);
    await says(app, 'On since');
    await pages.button(OPT_OUT).click();
    await says(app, 'Off. You said no on');
  });

  test('"Never on this device" closes it here too; lifting that takes the same two confirmations', async ({
    stage,
  }) => {
    const app = await stage.offlineApp();
    const { page, pages } = app;
    await pages.button('Accept necessary only').click();
    await pages.open('Privacy');
    const rail = page.getByRole('navigation', { name: 'Services' });
    await rail.getByText('0 allowed').waitFor();
    await allowSale(app);
    await says(app, 'On since');
    await rail.getByText('1 allowed').waitFor();
    const never = page.getByRole('checkbox', { name: 'Never on this device: Sale or sharing' });
    await never.check();
    await says(app, 'Off on this device, whatever is allowed elsewhere');
    await rail.getByText('0 allowed').waitFor();
    expect(await pages.button(ALLOW).count()).toBe(0);

    await never.click();
    await pages.button('Keep off').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await never.isChecked()).toBe(true);
    await says(app, 'Off on this device, whatever is allowed elsewhere');

    await never.click();
    await pages.button('Continue').click();
    const second = page.getByRole('dialog', { name: 'Confirm sale or sharing' });
    await second.getByRole('button', { name: ALLOW }).click();
    await says(app, 'On since');
    expect(await never.isChecked()).toBe(false);
  });

  test('the opt-out signal wins over an earlier yes, shows as followed, and gone allows nothing', async ({
    stage,
  }) => {
    const app = await stage.offlineApp();
    const { page, pages } = app;
    await pages.button('Accept all cookies').click();
    await pages.open('Privacy');
    await allowSale(app);
    await says(app, 'On since');
    const signal = page.getByRole('checkbox', { name: 'Send the opt-out signal' });
    await signal.check();
    await says(app, 'Off. Your opt-out signal says no, and that is followed here');
    expect(await pages.button(ALLOW).count()).toBe(0);
    // A yes to everything that is said meanwhile does not wait for the signal to go.
    await pages.button('Show the question again').click();
    await pages.button('Accept all cookies').click();
    await pages.banner().waitFor({ state: 'detached' });
    await signal.uncheck();
    await says(app, 'Off. You said no on');
    expect(await pages.switches()).toEqual({
      Functional: true,
      Analytics: true,
      Advertising: false,
    });
    await app.close();

    const again = await stage.offlineApp();
    await again.pages.open('Privacy');
    await says(again, 'Off. You said no on');
  });
});
