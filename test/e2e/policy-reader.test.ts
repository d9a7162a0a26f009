import { describe, expect } from 'vitest';
import { changedServices } from '../support/changed-services.js';
import { newPerson, test, type RunningApp } from '../support/stage.js';

/** What is painted as found, and which of it as the current one. */
const painted = ({ page }: RunningApp): Promise<{ all: string[]; current: string[] }> =>
  page.evaluate(() => {
    const said = (name: string): string[] =>
      [...(CSS.highlights.get(name) ?? [])].map((range) => (range as Range).toString());
    return { all: said('found'), current: said('found-current') };
  });

describe('the policy reader', () => {
  test('finds words by keyboard, counts them, goes on and back, and lets go of them', async ({
    stage,
  }) => {
    const app = await stage.offlineApp();
    const { page, pages } = app;
    await pages.banner().waitFor();
    await page.keyboard.press('Control+F');
    const field = page.getByRole('searchbox', { name: 'Search in this policy' });
    expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.type('ADVERTISING');
    const shown = await page.getByRole('main').innerText();
    const count = shown.toLowerCase().split('advertising').length - 1;
    expect(count).toBeGreaterThan(2);
    await page.getByText(`1 of ${count}`, { exact: true }).waitFor();
    const { all, current } = await painted(app);
    expect(all.map((word) => word.toLowerCase())).toEqual(all.map(() => 'advertising'));
    expect([all.length, current.length]).toEqual([count, 1]);
    await page.keyboard.press('Enter');
    await page.getByText(`2 of ${count}`, { exact: true }).waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('Shift+Enter');
    await page.getByText(`${count} of ${count}`, { exact: true }).waitFor();
    await pages.button('Next match').click();
    await page.getByText(`1 of ${count}`, { exact: true }).waitFor();
    await field.focus();
    await page.keyboard.press('Escape');
    expect(await painted(app)).toEqual({ all: [], current: [] });
    expect(await pages.banner().count()).toBe(1);
    await field.fill('no policy says this');
    await page.getByText('Nothing found', { exact: true }).waitFor();
  });

  test('reads earlier versions, compares any two, and says how old a cached text is', async ({
    stage,
  }) => {
    const server = await stage.server({
      servicesFolder: changedServices(stage, '2026-06-01T00:00:00Z'),
    });
    const app = await stage.app({ serverUrl: server.url });
    const { page, pages } = app;
    await page.getByText(/Came with Sayso; not compared with Integro yet/).waitFor();
    await page.getByText('No other version is known on this device.').waitFor();
    await pages.createAccount({ ...newPerson(), remember: true });
    await pages.status('Synced');
    await pages.open('Policy');
    await page.getByText(/In force since .*Compared with Integro on/).waitFor();
    const version = page.getByRole('combobox', { name: 'Version' });
    expect(await version.getByRole('option').allTextContents()).toEqual([
      'June 1, 2026, in force',
      'May 15, 2026, earlier',
    ]);
    const main = page.getByRole('main');
    expect(await main.innerText()).toContain('Counting House');

    await version.selectOption({ label: 'May 15, 2026, earlier' });
    await page.getByText(/^You are reading an earlier version/).waitFor();
    await page.getByRole('heading', { name: 'How long they last' }).waitFor();
    expect(await main.innerText()).not.toContain('Counting House');
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ index: 1 });
    await page.locator('ins', { hasText: 'Counting House' }).first().waitFor();
    await page.getByRole('heading', { name: 'From May 15, 2026 to June 1, 2026' }).waitFor();
    await pages.button('Back to the one in force').click();
    await page.getByText('You are reading an earlier version').waitFor({ state: 'detached' });

    await server.stop();
    await pages.status('Offline');
    await page.getByText(/^Integro cannot be reached, so this is its policy as of /).waitFor();
    await app.close();
    const again = await stage.offlineApp();
    await again.page
      .getByText(/^Integro cannot be reached, so this is its policy as of /)
      .waitFor();
  });
});
