import { describe, expect } from 'vitest';
import { startAppWithBrowser } from '../../support/provider/app-with-browser.js';
import { signInInBrowser, wayBack } from '../../support/provider/person-in-browser.js';
import { filesHolding, keychainEntries, profileIdOf, test } from '../../support/stage.js';

const WAITING = 'Your browser is open. Finish signing in there.';

/** Where the provider is told to send the browser. */
const wayBackOf = (address: string): string =>
  new URL(address).searchParams.get('redirect_uri') ?? '';

describe('signing in by the browser', () => {
  test('waits, opens again, and stops without leaving a way in', async ({ stage }) => {
    const { app, provider, opened } = await startAppWithBrowser(stage);
    const { page, pages } = app;
    await pages.open('Me');
    const press = pages.button('Sign in with your browser');
    await press.waitFor();
    expect(await page.getByLabel('Password', { exact: true }).count()).toBe(0);

    await press.click();
    await page.getByText(WAITING).waitFor();
    const first = await opened(1);
    expect(first.startsWith(`${provider.issuer}/`)).toBe(true);
    expect(Object.fromEntries(new URL(first).searchParams)).toMatchObject({
      response_type: 'code',
      client_id: provider.way.clientId,
      code_challenge_method: 'S256',
      scope: 'openid email',
    });
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Cancel');
    await pages.button('Open again').click();
    expect(await opened(2)).toBe(first);
    await pages.button('Cancel').click();
    await press.waitFor();
    await expect(fetch(wayBackOf(first))).rejects.toThrow();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('begins a session like any other, which leaves nothing where it must not be', async ({
    stage,
  }) => {
    const { app, provider, opened } = await startAppWithBrowser(stage);
    const { page, pages } = app;
    await pages.open('Me');
    const press = pages.button('Sign in with your browser');
    await page.getByLabel('Keep me signed in on this device').check();
    await press.click();
    const last = await signInInBrowser(await opened(1), { name: 'ada' });
    expect(await last.text()).toContain('You can close this window');
    await pages.signedIn();
    await page.getByText('ada@people.example').waitFor();
    await pages.status('Synced');
    expect(provider.tokensOut()).toBe(0);
    await page.getByText('Your password is changed there').waitFor();

    const profileId = profileIdOf(stage.profileFolder);
    const [token = ''] = keychainEntries(profileId).tokens;
    expect(token).toMatch(/^[\w-]{43}$/);
    for (const secret of [token, 'ada@people.example'])
      expect(filesHolding(stage.profileFolder, secret)).toEqual([]);
    expect(app.output()).not.toContain(token);
    await pages.signOut();
    await press.waitFor();
    expect(keychainEntries(profileId).accounts).toEqual([]);
  });

  test('says what happened when the person says no there, and when the provider is gone', async ({
    stage,
  }) => {
    const { app, provider, opened } = await startAppWithBrowser(stage);
    const { page, pages } = app;
    await pages.open('Me');
    const press = pages.button('Sign in with your browser');
    await press.click();
    const denied = await wayBack(await opened(1), { name: 'ada', agrees: false });
    await fetch(denied, { headers: { connection: 'close' } });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('was not allowed');
    await provider.stop();
    await press.click();
    await expect.poll(() => alert.innerText()).toContain('cannot be reached');
    expect((await pages.statusNow()).state).toBe('local');
  });
});
