import { describe, expect } from 'vitest';
import { startAppWithBrowser } from '../../support/provider/app-with-browser.js';
import { signInInBrowser } from '../../support/provider/person-in-browser.js';
import { keychainEntries, profileIdOf, test } from '../../support/stage.js';

const WAITING = 'Your browser is open. Finish signing in there.';

describe('deleting an account that is signed in to by the browser', () => {
  test('asks for one more sign-in there, deletes nothing without it, and then all', async ({
    stage,
  }) => {
    const { app, provider, opened } = await startAppWithBrowser(stage);
    const { page, pages } = app;
    const ada = { name: 'ada' };
    await pages.open('Me');
    await pages.button('Sign in with your browser').click();
    await signInInBrowser(await opened(1), ada);
    await pages.signedIn();
    await pages.status('Synced');

    await pages.button('Delete account').click();
    const dialog = page.getByRole('dialog', { name: 'Delete this account?' });
    expect(await dialog.innerText()).toContain('ada@people.example');
    const confirm = dialog.getByRole('button', { name: 'Sign in and delete' });
    const cancel = dialog.getByRole('button', { name: 'Cancel' });
    await confirm.click();
    await dialog.getByText(WAITING).waitFor();
    const asked = new URL(await opened(2)).searchParams;
    expect([asked.get('prompt'), asked.get('max_age')]).toEqual(['login', '0']);
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Cancel');

    // Left by its own key, the question takes back what was begun.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect(signInInBrowser(await opened(2), ada)).rejects.toThrow();

    await pages.button('Delete account').click();
    await confirm.click();
    await dialog.getByText(WAITING).waitFor();
    await cancel.click();
    await confirm.waitFor();
    expect(await dialog.getByRole('alert').count()).toBe(0);

    await confirm.click();
    await signInInBrowser(await opened(4), { name: 'bo' });
    const alert = dialog.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('is not this one. Nothing was deleted.');

    await confirm.click();
    await signInInBrowser(await opened(5), ada);
    await page.getByText('The account at Integro is deleted').waitFor();
    await pages.button('Sign in with your browser').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    const { accounts } = keychainEntries(profileIdOf(stage.profileFolder));
    expect(accounts.filter((account) => !account.endsWith('/anchor'))).toEqual([]);
    expect(provider.tokensOut()).toBe(0);
  });

  test('without the provider says so and keeps the account', async ({ stage }) => {
    const { app, provider, opened } = await startAppWithBrowser(stage);
    const { page, pages } = app;
    await pages.open('Me');
    await pages.button('Sign in with your browser').click();
    await signInInBrowser(await opened(1), { name: 'ada' });
    await pages.signedIn();
    await provider.stop();
    await pages.button('Delete account').click();
    const dialog = page.getByRole('dialog', { name: 'Delete this account?' });
    await dialog.getByRole('button', { name: 'Sign in and delete' }).click();
    const alert = dialog.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('cannot be reached. Nothing was deleted.');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await pages.signedIn();
  });
});
