import { describe, expect } from 'vitest';
import { filesHolding, keychainEntries, newPerson, profileIdOf, test } from '../support/stage.js';
import { startTroublemaker } from '../support/troublemaker.js';

describe('signing in', () => {
  test('kept: one token in the keychain with the keys of this device and of what is kept, and the token is in no file and no output', async ({
    stage,
  }) => {
    const server = await startTroublemaker((await stage.server()).url);
    stage.onEnd(() => server.stop());
    const app = await stage.app({ serverUrl: server.url });
    const person = newPerson();
    await app.pages.createAccount({ ...person, remember: true });
    await app.pages.status('Synced');

    const profileId = profileIdOf(stage.profileFolder);
    const { accounts, secrets, tokens } = keychainEntries(profileId);
    expect(accounts).toEqual(
      ['device', 'token', 'vault'].map((kind) => `integro/${profileId}/${kind}`),
    );
    const token = tokens[0] ?? '';
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const answer = await fetch(`${server.url}/integro/v1/session`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    for (const secret of secrets) expect(filesHolding(stage.profileFolder, secret)).toEqual([]);
    expect(filesHolding(stage.profileFolder, person.email)).toEqual([]);
    await app.close();
    expect(filesHolding(stage.profileFolder, token)).toEqual([]);
    expect(app.output()).not.toContain(token);
    // The search itself can find something: the profile's id is in its database.
    expect(filesHolding(stage.profileFolder, profileId)).not.toEqual([]);

    const again = await stage.app({ serverUrl: server.url });
    await again.pages.open('Me');
    await again.pages.signedIn();
    await again.page.getByText(person.email).waitFor();
    await again.close();

    // From its first moment on, with nobody driving it, the app writes the token nowhere.
    server.make('none');
    const plain = stage.plainApp({ serverUrl: server.url });
    await expect.poll(() => server.met(), { timeout: 30_000 }).toBeGreaterThan(1);
    await plain.end();
    expect(plain.output() + again.output()).not.toContain(token);
    expect(filesHolding(stage.profileFolder, token)).toEqual([]);
  });

  test('not kept: no keychain entry, and the next start is signed out', async ({ stage }) => {
    const server = await stage.server();
    const app = await stage.app({ serverUrl: server.url });
    const person = newPerson();
    await app.pages.createAccount(person);
    expect(keychainEntries(profileIdOf(stage.profileFolder)).accounts).toEqual([]);
    await app.kill();

    const again = await stage.app({ serverUrl: server.url });
    await again.pages.open('Me');
    await again.pages.button('Sign in').waitFor();
    expect(await again.pages.button('Sign out').count()).toBe(0);
  });

  test('without a keychain: it says so, keeps nothing, and the next start is signed out', async ({
    stage,
  }) => {
    const server = await stage.server();
    const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${stage.folder('bus')}/nobody` };
    const app = await stage.app({ serverUrl: server.url, env });
    await app.pages.createAccount({ ...newPerson(), remember: true });
    await app.page.getByText('Signed out when Sayso closes').waitFor();
    await app.pages.status('Synced');
    expect(keychainEntries(profileIdOf(stage.profileFolder)).accounts).toEqual([]);
    await app.close();

    const again = await stage.app({ serverUrl: server.url, env });
    await again.pages.open('Me');
    await again.pages.button('Sign in').waitFor();
    expect(await again.pages.button('Sign out').count()).toBe(0);
  });

  test('a wrong password, a taken address and no network each say what happened and keep what was typed', async ({
    stage,
  }) => {
    const server = await stage.server();
    const app = await stage.app({ serverUrl: server.url });
    const person = newPerson();
    await app.pages.createAccount(person);
    await app.pages.signOut();

    await app.pages.fillSignIn({ ...person, password: 'something else entirely' });
    await app.pages.button('Sign in').click();
    const alert = app.page.getByRole('alert');
    await alert.waitFor();
    const wrongPassword = await alert.innerText();
    expect(await app.page.getByLabel('Email', { exact: true }).inputValue()).toBe(person.email);

    await app.pages.button('Create account').click();
    await expect.poll(() => alert.innerText()).not.toBe(wrongPassword);
    const taken = await alert.innerText();

    await server.stop();
    await app.pages.button('Sign in').click();
    await expect.poll(() => alert.innerText()).not.toBe(taken);
    expect(await app.page.getByLabel('Email', { exact: true }).inputValue()).toBe(person.email);
  });
});

describe('signing out', () => {
  test('online: the entry is gone and the old token answers 401', async ({ stage }) => {
    const server = await stage.server();
    const { pages } = await stage.app({ serverUrl: server.url });
    await pages.createAccount({ ...newPerson(), remember: true });
    const profileId = profileIdOf(stage.profileFolder);
    const [token = ''] = keychainEntries(profileId).tokens;
    await pages.signOut();
    await pages.button('Sign in').waitFor();
    expect(keychainEntries(profileId).accounts).toEqual([]);
    await expect.poll(() => statusOf(server.url, token)).toBe(401);
  });

  test('offline: the entry is gone at once, and the token answers 401 once the server is back', async ({
    stage,
  }) => {
    const server = await stage.server();
    const app = await stage.app({ serverUrl: server.url });
    const person = newPerson();
    await app.pages.createAccount({ ...person, remember: true });
    await app.pages.status('Synced');
    const profileId = profileIdOf(stage.profileFolder);
    const [token = ''] = keychainEntries(profileId).tokens;
    await server.stop();
    await app.pages.signOut();
    await app.pages.button('Sign in').waitFor();
    expect(keychainEntries(profileId).accounts).toEqual([]);
    await app.kill();

    await stage.app({ serverUrl: server.url });
    await stage.server();
    await expect.poll(() => statusOf(server.url, token), { timeout: 40_000 }).toBe(401);
  });

  test('with something unsent it says so first, and the account leaves nothing in the profile', async ({
    stage,
  }) => {
    const server = await stage.server();
    const app = await stage.app({ serverUrl: server.url });
    await app.pages.createAccount({ ...newPerson(), remember: true });
    await app.pages.status('Synced');
    await server.stop();
    await app.pages.open('Privacy');
    await app.pages.toggle('Analytics').click();
    await app.pages.status('Waiting to sync (1)');
    await app.pages.signOut();
    const dialog = app.page.getByRole('dialog', { name: 'Sign out?' });
    await dialog.getByRole('button', { name: 'Sign out', exact: true }).click();
    await app.pages.button('Sign in').waitFor();
    await app.pages.open('Privacy');
    expect(await app.pages.switches()).toEqual({
      Functional: false,
      Analytics: false,
      Advertising: false,
    });
    expect((await app.pages.statusNow()).state).toBe('local');
  });
});

async function statusOf(serverUrl: string, token: string): Promise<number> {
  const answer = await fetch(`${serverUrl}/integro/v1/session`, {
    headers: { authorization: `Bearer ${token}` },
  }).catch(() => null);
  return answer?.status ?? 0;
}
