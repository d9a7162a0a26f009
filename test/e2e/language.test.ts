import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { axeFindsInEveryLook } from '../support/axe.js';
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
    const dialog = page.getByRole('dialog');
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
    expect(await axeFindsInEveryLook(app, 'help in Arabic')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await axeFindsInEveryLook(app, 'privacy in Arabic')).toEqual([]);
    await page.keyboard.press('F1');
    await choose('', 'Help');
  });
});
