import path from 'node:path';
import { describe, expect } from 'vitest';
import { focusOf, tabRound, tabTo } from '../support/keyboard/focus.js';
import { newPerson, test, type RunningApp } from '../support/stage.js';

/** Tabs to what is named and presses it. */
async function press({ page }: RunningApp, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

const ALL_OFF = { Functional: false, Analytics: false, Advertising: false };

describe('with nothing but the keyboard, the focus always to be seen', () => {
  test('everything is refused, one thing allowed, looked up and withdrawn', async ({ stage }) => {
    const app = await stage.offlineApp();
    const { page, pages } = app;
    await pages.banner().waitFor();
    await press(app, 'Accept necessary only');
    await pages.status('Saved on this device');
    // What was pressed is gone; the focus is where the page begins.
    await expect.poll(async () => (await focusOf(page))?.name).toMatch(/^H1 /);

    await press(app, 'Privacy');
    await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();
    await press(app, 'Analytics', 'Space');
    await expect.poll(() => pages.switches()).toEqual({ ...ALL_OFF, Analytics: true });
    await press(app, 'Why, data, who gets it, how long: Analytics');
    const facts = page.locator('[data-purpose=analytics] details[open]');
    await facts.getByText('Who gets it', { exact: false }).first().waitFor();
    await press(app, 'Withdraw everything');
    await expect.poll(() => pages.switches()).toEqual(ALL_OFF);
    await press(app, 'Show the question again');
    await pages.banner().waitFor();
    await page.keyboard.press('Escape');
    await pages.banner().waitFor({ state: 'detached' });
    expect(await pages.switches()).toEqual(ALL_OFF);
  });

  test('the history is filtered and exported, and Help opened and closed', async ({ stage }) => {
    const app = await stage.offlineApp();
    const { page, pages, electron } = app;
    const file = path.join(stage.folder('export'), 'mine.json');
    await electron.evaluate(({ dialog }, filePath) => {
      const dialogs = dialog as { showSaveDialog: unknown };
      dialogs.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
    await pages.banner().waitFor();
    await press(app, 'Accept all cookies');
    await press(app, 'History');
    const entries = page.locator('[data-entry]');
    await expect.poll(() => entries.count()).toBe(1);
    await press(app, 'Filter');
    await tabTo(page, 'What was said');
    await page.keyboard.type('Refused');
    await page.getByText('Nothing like that was said here.').waitFor();
    await press(app, 'Show all');
    await expect.poll(() => entries.count()).toBe(1);
    await press(app, /^Details You allowed everything optional/);
    await press(app, 'Show the text you read');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'How long they last' }).waitFor();
    await press(app, 'Close');
    await dialog.waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await focusOf(page))?.name)
      .toBe('BUTTON Show the text you read');
    await press(app, 'Export');
    await page.getByText(`Saved as ${file}`).waitFor();

    await press(app, 'Help');
    await dialog.waitFor();
    await tabTo(page, 'Language');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect((await focusOf(page))?.name).toBe('BUTTON Help');
  });

  test('an account is made, left and entered again', async ({ stage }) => {
    const server = await stage.server();
    const app = await stage.app({ serverUrl: server.url });
    const { page, pages } = app;
    const { email, password } = newPerson();
    const type = async (): Promise<void> => {
      await tabTo(page, 'Email');
      await page.keyboard.type(email);
      await tabTo(page, 'Password');
      await page.keyboard.type(password);
    };
    await pages.banner().waitFor();
    await press(app, 'Me');
    await type();
    await press(app, 'Create account');
    await pages.signedIn();
    await pages.status('Synced');
    await press(app, 'Sign out');
    await pages.button('Sign in').waitFor();
    await expect.poll(async () => (await focusOf(page))?.name).toBe('H1 Me');
    await type();
    await page.keyboard.press('Enter');
    await pages.signedIn();
  });

  test('every page comes round: the rail, the question, the page, and the rail again', async ({
    stage,
  }) => {
    const { page, pages } = await stage.offlineApp();
    await pages.banner().waitFor();
    for (const name of ['Policy', 'Privacy', 'History', 'On this device', 'Me'] as const) {
      await pages.open(name);
      const round = await tabRound(page);
      const places = ['BUTTON Integro', 'BUTTON Help', 'BUTTON Accept necessary only'];
      const found = places.map((one) => round.indexOf(one));
      expect(found, `${name}: ${round.join(' > ')}`).toEqual(found.toSorted((a, b) => a - b));
      expect(found[0]).toBeGreaterThan(0);
      expect(round.length).toBeGreaterThan((found.at(-1) ?? 0) + 1);
    }
  });
});
