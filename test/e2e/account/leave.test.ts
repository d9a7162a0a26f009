import { describe, expect } from 'vitest';
import { findFaults } from '../../support/looks/find.js';
import { keychainEntries, newPerson, profileIdOf, test } from '../../support/stage.js';

const ALL_OFF = { Functional: false, Analytics: false, Advertising: false };

describe('withdrawing everything and signing out', () => {
  test('is one press also offline, and every other device hears of it', async ({ stage }) => {
    const server = await stage.server();
    const person = newPerson();
    const app = await stage.app({ serverUrl: server.url });
    await app.pages.createAccount({ ...person, remember: true });
    await app.pages.open('Privacy');
    await app.pages.toggle('Analytics').click();
    await app.pages.status('Synced');
    await server.stop();
    await app.pages.open('Me');
    await app.pages.button('Withdraw everything and sign out').click();
    // The page is loaded anew, so that nothing of the account stays in its memory, and says how things stand.
    await app.page.getByText('You are signed out.').first().waitFor();
    await app.pages.button('Sign in').waitFor();
    const { accounts } = keychainEntries(profileIdOf(stage.profileFolder));
    expect(accounts.filter((account) => !account.endsWith('/anchor'))).toEqual([]);
    await app.kill();

    await stage.server();
    const again = await stage.app({ serverUrl: server.url });
    const other = await stage.app({
      serverUrl: server.url,
      profileFolder: stage.folder('second-profile'),
    });
    await other.pages.signIn(person);
    await other.pages.open('Privacy');
    await expect
      .poll(() => other.page.getByText('Off. You refused on').count(), { timeout: 40_000 })
      .toBe(3);
    expect(await other.pages.switches()).toEqual(ALL_OFF);
    await again.close();
  });
});

describe('signing out and erasing', () => {
  test('says what it means, and then nothing of the service is left on this device', async ({
    stage,
  }) => {
    const server = await stage.server();
    const app = await stage.app({ serverUrl: server.url });
    const { page, pages } = app;
    await pages.button('Accept necessary only').click();
    await pages.openService('Katror');
    await pages.banner().getByRole('button', { name: 'Necessary only', exact: true }).click();
    await pages.openService('Integro');
    await pages.createAccount({ ...newPerson(), remember: true });
    await pages.button('Keep them on this device only').click();
    await pages.open('Me');
    await pages.button('Sign out and erase').click();
    const dialog = page.getByRole('dialog', { name: "Erase this device's data?" });
    expect(await dialog.innerText()).toContain('This cannot be undone.');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await pages.signedIn();
    await pages.button('Sign out and erase').click();
    await dialog.getByRole('button', { name: 'Sign out and erase' }).click();
    await page.getByText('was deleted from this device').waitFor();
    await pages.button('Sign in').waitFor();
    const profileId = profileIdOf(stage.profileFolder);
    await expect
      .poll(() => keychainEntries(profileId).accounts)
      .toEqual([`katror/${profileId}/anchor`]);
    await pages.open('History');
    await page.getByText('Nothing yet.').waitFor();
    await pages.openService('Katror');
    await page.getByText('You refused everything optional').waitFor();
    await app.close();

    const again = await stage.app({ serverUrl: server.url });
    await again.pages.banner().waitFor();
  });

  test('is the second choice where something is unsent', async ({ stage }) => {
    const server = await stage.server();
    const app = await stage.app({ serverUrl: server.url });
    const { page, pages } = app;
    await pages.createAccount(newPerson());
    await pages.status('Synced');
    await server.stop();
    await pages.open('Privacy');
    await pages.toggle('Analytics').click();
    await pages.status('Waiting to sync (1)');
    await pages.signOut();
    const dialog = page.getByRole('dialog', { name: 'Sign out?' });
    await dialog.getByRole('button', { name: 'Sign out and erase' }).click();
    await page.getByText('was deleted from this device').waitFor();
  });
});

describe('signing out everywhere', () => {
  test('asks where something is unsent, and ends every session of this device', async ({
    stage,
  }) => {
    const server = await stage.server();
    const app = await stage.app({ serverUrl: server.url });
    const { page, pages } = app;
    for (const service of ['Katror', 'Integro']) {
      await pages.openService(service);
      await pages.createAccount({ ...newPerson(), remember: true });
      await pages.status('Synced');
    }
    await server.stop();
    await pages.open('Privacy');
    await pages.toggle('Analytics').click();
    await pages.status('Waiting to sync (1)');
    await pages.open('Me');
    await pages.button('Sign out everywhere').click();
    const dialog = page.getByRole('dialog', { name: 'Sign out everywhere?' });
    expect(await dialog.innerText()).toContain('1 choice has not reached Integro.');
    expect(await findFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
    await pages.button('Sign in').waitFor();
    await pages.openService('Katror');
    await pages.button('Sign in').waitFor();
    const { accounts } = keychainEntries(profileIdOf(stage.profileFolder));
    expect(accounts.filter((account) => !account.endsWith('/anchor'))).toEqual([]);
  });
});
