import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootFolder } from '../lib/paths.mjs';
import { arrivalIn, lookActs } from './look-acts.mjs';

/** The pages by their keys, which are the same in every language; "What the gate did" is reached from the one before. */
const PAGES = [
  ['policy', 'Control+1'],
  ['privacy', 'Control+2'],
  ['history', 'Control+3'],
  ['device', 'Control+4'],
  ['gate', null],
  ['me', 'Control+5'],
];

const WIDE = { width: 1040, height: 720 };
/** Nothing has to be scrolled sideways at this width (WCAG 2.2, 1.4.10). */
const NARROW = { width: 320, height: 720 };

/** The looks that the rest of the tour does not have: name, language, size, colours. */
const LOOKS = [
  ['narrow', 'en', NARROW, 'light'],
  ['narrow-dark', 'en', NARROW, 'dark'],
  ['ar', 'ar', WIDE, 'light'],
  ['ar-dark', 'ar', WIDE, 'dark'],
  ['ar-narrow', 'ar', NARROW, 'light'],
  ['de', 'de', WIDE, 'light'],
  ['de-narrow', 'de', NARROW, 'dark'],
];

/**
 * Help, every page and the dialogs, narrow, in Arabic, which runs from right to left, and in German with its long words. Ends in English, wide and light, on "On this device".
 *
 * @param {object} parts
 * @param {(name: string, act: (pages: any, page: any) => Promise<string | void>) => Promise<unknown>} parts.step
 * @param {{ email: string, password: string }} parts.person whose account may be signed in to here
 */
export async function everyLook({ step, person }) {
  for (const [look, lang, size, colorScheme] of LOOKS) {
    const sentences = JSON.parse(
      await readFile(join(rootFolder(), 'resources', 'locales', `${lang}.json`), 'utf8'),
    );
    await step(`${look}-help`, async (_pages, page) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await speak(page, lang);
      return nothingCut(page);
    });
    await step(`${look}-banner`, async (_pages, page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+2');
      await page.getByRole('button', { name: sentences.privacy.callBack, exact: true }).click();
      await page.locator('.banner').waitFor();
      return nothingCut(page);
    });
    for (const [name, key] of PAGES) {
      await step(`${look}-${name}`, async (_pages, page) => {
        await page.keyboard.press('Escape');
        if (key) await page.keyboard.press(key);
        else await page.getByRole('button', { name: sentences.rail.gate, exact: true }).click();
        const title = name === 'policy' ? /Integro/ : sentences.rail[name];
        await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
        await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' });
        return nothingCut(page);
      });
    }
    await lookActs(look, sentences, step, nothingCut);
    if (look === 'ar' || look === 'de-narrow') await arrivalIn(look, sentences, step, person);
  }
  await step('english-again', async (pages, page) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(WIDE);
    await speak(page, 'en');
    await page.keyboard.press('Escape');
    await pages.open('On this device');
  });
}

/** Opens Help by its key and chooses a language there. */
async function speak(page, lang) {
  await page.keyboard.press('F1');
  await page.locator('#help-language').selectOption(lang);
  await page.locator(`html[lang=${lang}]`).waitFor({ state: 'attached' });
  await page.locator('#help-language').waitFor();
}

/** @returns {Promise<string>} that nothing stands out of the window to its side */
async function nothingCut(page) {
  const [needed, given] = await page.evaluate(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  assert.ok(needed <= given, `${needed} px wide in a window of ${given} px`);
  return `${given} px`;
}
