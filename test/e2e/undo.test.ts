import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect } from 'vitest';
import { test, type RunningApp } from '../support/stage.js';

const OFF = { Functional: false, Analytics: false, Advertising: false };
const offer = ({ page }: RunningApp) => page.getByRole('region', { name: 'Undo', exact: true });

/** Analytics and Functional allowed, on Privacy. */
async function allowedTwo(app: RunningApp): Promise<void> {
  await app.pages.open('Privacy');
  await app.pages.toggle('Functional').click();
  await app.pages.toggle('Analytics').click();
  await app.page.getByRole('switch', { name: 'Analytics', checked: true }).waitFor();
  await app.pages.status('Saved on this device');
}

describe('undoing a refusal of everything', () => {
  test('is one press that names what it turns on, a decision of its own, and asks for nothing', async ({
    stage,
  }) => {
    const app = await stage.offlineApp();
    const { page, pages } = app;
    await allowedTwo(app);
    await pages.button('Withdraw everything').click();
    await expect.poll(() => pages.switches()).toEqual(OFF);
    await offer(app).getByText('You withdrew everything.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.locator('input[type=checkbox]:checked').count()).toBe(0);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await pages.button('Undo: turn on Functional · Analytics').click();
    await expect
      .poll(() => pages.switches())
      .toEqual({ ...OFF, Functional: true, Analytics: true });
    await offer(app).waitFor({ state: 'detached' });
    await pages.open('History');
    const newest = page.getByRole('listitem').filter({ has: page.locator('summary') });
    await newest.nth(0).getByText('You allowed Functional and Analytics').waitFor();
    await newest.nth(1).getByText('You withdrew everything').waitFor();
  });

  test('is offered after a refusal in the banner only where it turned something off, and goes with the page', async ({
    stage,
  }) => {
    const app = await stage.offlineApp();
    const { page, pages } = app;
    await pages.button('Accept necessary only').click();
    await pages.banner().waitFor({ state: 'detached' });
    expect(await offer(app).count()).toBe(0);
    await allowedTwo(app);
    await pages.button('Show the question again').click();
    await pages.button('Accept necessary only').click();
    await offer(app).getByText('You refused everything optional.').waitFor();
    await pages.open('History');
    await offer(app).waitFor({ state: 'detached' });
    await pages.open('Privacy');
    expect(await offer(app).count()).toBe(0);
    expect(await pages.switches()).toEqual(OFF);
    await page.getByText('Off. You refused on').first().waitFor();
  });
});
