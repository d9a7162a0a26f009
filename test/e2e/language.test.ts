import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { test } from '../support/stage.js';

describe('the language', () => {
  test('is chosen in Help, takes hold at once and is kept, from right to left too', async ({
    stage,
  }) => {
    const server = await stage.server();
    const { profileFolder } = stage;
    const app = await stage.app({ serverUrl: server.url });
    const { page, pages } = app;
    await pages.open('Privacy');
    await page.keyboard.press('F1');
    const choose = async (value: string, title: string): Promise<void> => {
      await page.locator('#help-language').selectOption(value);
      await page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor();
    };
    await choose('de', 'Hilfe');
    // Where the person was: in Help, at the choice, over the same page.
    expect(await page.evaluate('document.activeElement.id')).toBe('help-language');
    expect(await page.locator('h1').innerText()).toBe('Datenschutz');
    // The menu too; what it asks for the page carries out.
    // Not by its role: a dialog that is closed has none, a moment before the app hears of it and takes it away.
    const dialog = page.locator('dialog');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const menu = await app.electron.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.items.map(({ label }) => label),
    );
    expect(menu).toEqual(['Datei', 'Bearbeiten', 'Ansicht', 'Gehe zu', 'Fenster', 'Hilfe']);
    await app.electron.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.items.at(-1)?.submenu?.items[0]?.click();
    });
    await dialog.waitFor();
    await choose('ar', 'المساعدة');
    expect(
      await page.evaluate('[document.documentElement.lang, document.documentElement.dir]'),
    ).toEqual(['ar', 'rtl']);
    expect(JSON.parse(readFileSync(path.join(profileFolder, 'window.json'), 'utf8'))).toMatchObject(
      {
        lang: 'ar',
      },
    );
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('F1');
    await choose('', 'Help');
    // What Sayso has kept of it is known to be Sayso's.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await pages.open('On this device');
    const kept = page.locator('tr', { hasText: 'window.json' });
    await kept.getByText('By Sayso').waitFor({ state: 'attached' });
    expect(await page.getByText('By nobody', { exact: true }).count()).toBe(0);
  });

  test('of each part is said: of our own sentences, and of what a policy says in another', async ({
    stage,
  }) => {
    const server = await stage.server();
    const { page } = await stage.app({ serverUrl: server.url, args: ['--lang=de'] });
    /** The language in which a reader would read out the first element that a selector names. */
    const spoken = (selector: string): Promise<unknown> =>
      page.evaluate(
        (named) => document.querySelector(named)?.closest('[lang]')?.getAttribute('lang'),
        selector,
      );
    await page.locator('.banner .answers button').first().waitFor();
    const ours = ['.banner h2', '.banner .answers button', '.banner dt', '.banner summary'];
    for (const selector of ours)
      expect([selector, await spoken(selector)]).toEqual([selector, 'de']);
    const theirs = ['.banner .purposes h3', '.banner .purposes p', '.banner dd', '.policy .said'];
    for (const selector of theirs)
      expect([selector, await spoken(selector)]).toEqual([selector, 'en']);
    expect(await spoken('.policy dt')).toBe('de');
    await page.locator('.banner .answers button').first().click();
    await page.keyboard.press('Control+2');
    await page.locator('[data-purpose] summary').first().waitFor();
    for (const selector of ['[data-purpose] .state', '[data-purpose] summary'])
      expect([selector, await spoken(selector)]).toEqual([selector, 'de']);
    for (const selector of ['[data-purpose] label', '[data-purpose] .facts dd'])
      expect([selector, await spoken(selector)]).toEqual([selector, 'en']);
    await page.keyboard.press('Control+4');
    const kept = page.locator('tr', { has: page.locator('td [lang]') });
    await kept.first().waitFor();
    for (const selector of ['thead th', 'td.size', 'th .fine', 'td.small .quiet'])
      expect([selector, await spoken(`main table ${selector}`)]).toEqual([selector, 'de']);
    // The policy's own: the name, what it is for, the purpose, how long.
    const said = await kept.first().locator('[lang=en]').allInnerTexts();
    expect(said).toHaveLength(4);
    expect(said.join()).toContain('Strictly necessary');
  });
});
