import { describe, expect } from 'vitest';
import { shortenInMain } from '../support/app-timers.js';
import { pressUnless } from '../support/press-unless.js';
import { keychainEntries, newPerson, profileIdOf, test } from '../support/stage.js';
import { startTroublemaker, TROUBLES } from '../support/troublemaker.js';

/** What says nothing for this long is not reachable. */
const SILENCE = { ofMs: 10_000, toMs: 2000 };

describe('a server in trouble', () => {
  test.for(TROUBLES)(
    '%s: the app stays usable, says what is going on, and loses nothing',
    async (trouble, { stage }) => {
      const server = await stage.server();
      const between = await startTroublemaker(server.url);
      stage.onEnd(() => between.stop());
      const app = await stage.app({ serverUrl: between.url });
      const { page, pages, output } = app;
      await pages.createAccount(newPerson());
      await pages.status('Synced');

      await shortenInMain(app, SILENCE);
      between.make(trouble);
      await pages.open('Privacy');
      // Said for two seconds only: somebody has to be looking.
      await Promise.all([pages.status('Saved on this device'), pages.toggle('Analytics').click()]);
      await expect.poll(() => between.met()).toBeGreaterThan(0);
      await pages.status('Waiting to sync (1)');
      // What is going on is said beside the line; only silence takes its time until it is noticed.
      const detail = page.locator('#status-detail');
      await detail.waitFor();
      expect(await detail.innerText()).not.toBe('');

      await pages.open('Policy');
      await pages.open('Privacy');
      await pages.toggle('Functional').click();
      expect(await pages.toggle('Functional').isChecked()).toBe(true);
      await pages.status('Waiting to sync (2)');

      between.make('none');
      const synced = page.getByRole('status').filter({ hasText: 'Synced' });
      await pressUnless(synced, pages.button('Try now'));
      await pages.status('Synced');
      expect(await pages.switches()).toEqual({
        Functional: true,
        Analytics: true,
        Advertising: false,
      });
      expect(output()).not.toMatch(/page error|failed:|Uncaught/);
    },
  );

  test('at sign-in it says so, keeps what was typed, and opens no session here', async ({
    stage,
  }) => {
    const server = await stage.server();
    const between = await startTroublemaker(server.url);
    stage.onEnd(() => between.stop());
    const app = await stage.app({ serverUrl: between.url });
    await shortenInMain(app, SILENCE);
    const { page, pages } = app;
    const person = newPerson();
    await pages.fillSignIn({ ...person, remember: true });
    const alert = page.getByRole('alert');
    for (const trouble of TROUBLES) {
      between.make(trouble);
      await pages.button('Sign in').click();
      await expect.poll(() => between.met()).toBeGreaterThan(0);
      await expect.poll(() => alert.allInnerTexts(), { timeout: 30_000 }).not.toEqual([]);
      expect(await alert.innerText()).not.toBe('');
      expect(await page.getByLabel('Email', { exact: true }).inputValue()).toBe(person.email);
      expect(await pages.button('Sign out').count()).toBe(0);
      expect(keychainEntries(profileIdOf(stage.profileFolder)).accounts).toEqual([]);
      // What it said goes with the next change, so that the next complaint is a new one.
      await page.getByLabel('Password', { exact: true }).fill(`${person.password} ${trouble}`);
      await page.getByLabel('Password', { exact: true }).fill(person.password);
    }
    between.make('none');
    await pages.button('Create account').click();
    await pages.signedIn();
  });
});
