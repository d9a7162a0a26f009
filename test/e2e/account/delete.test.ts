import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { keychainEntries, newPerson, profileIdOf, test } from '../../support/stage.js';
import { startTroublemaker } from '../../support/troublemaker.js';

/** Whose decisions a profile still holds, and how many sessions. */
function leftIn(profileFolder: string): { subjects: string[]; sessions: number } {
  const database = new Database(path.join(profileFolder, 'sayso.db'), { readonly: true });
  try {
    const subjects = database.prepare('SELECT DISTINCT subject FROM decision').pluck().all();
    const sessions = database.prepare('SELECT count(*) FROM session').pluck().get();
    return { subjects: subjects as string[], sessions: sessions as number };
  } finally {
    database.close();
  }
}

describe('deleting the account', () => {
  test('asks for the password, says what goes, and leaves the device its own choices', async ({
    stage,
  }) => {
    const real = await stage.server();
    const server = await startTroublemaker(real.url);
    stage.onEnd(() => server.stop());
    const app = await stage.app({ serverUrl: server.url });
    const { page, pages } = app;
    const person = newPerson();
    await pages.button('Accept necessary only').click();
    await pages.createAccount({ ...person, remember: true });
    await pages.button('Keep them on this device only').click();
    await pages.open('Privacy');
    await pages.toggle('Analytics').click();
    await pages.status('Synced');
    await pages.open('Me');

    await pages.button('Delete account').click();
    const dialog = page.getByRole('dialog', { name: 'Delete this account?' });
    expect(await dialog.innerText()).toContain(person.email);
    const confirm = dialog.getByRole('button', { name: 'Delete account' });
    await confirm.click();
    await dialog.getByText('Type your current password.').waitFor();
    await dialog.getByLabel('Your password').fill('not the one');
    await confirm.click();
    await dialog.getByText('This is not the password of this account.').waitFor();

    server.make('500');
    await dialog.getByLabel('Your password').fill(person.password);
    await confirm.click();
    const alert = dialog.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('Integro answered with an error of its own.');
    expect(await dialog.getByLabel('Your password').inputValue()).toBe(person.password);

    server.make('none');
    await confirm.click();
    await page.getByText('The account at Integro is deleted').waitFor();
    await pages.button('Sign in').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    expect(leftIn(stage.profileFolder)).toEqual({ subjects: [''], sessions: 0 });
    const { accounts } = keychainEntries(profileIdOf(stage.profileFolder));
    expect(accounts.filter((account) => !account.endsWith('/anchor'))).toEqual([]);
    await pages.open('Privacy');
    expect(await pages.switches()).toEqual({
      Functional: false,
      Analytics: false,
      Advertising: false,
    });
    await pages.fillSignIn(person);
    await pages.button('Sign in').click();
    await page.getByText('Email and password do not match.').waitFor();
  });
});
