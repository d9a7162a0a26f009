import path from 'node:path';
import { describe, expect } from 'vitest';
import type { KeychainView } from '../../src-shared/views.js';
import { pressUnless } from '../support/press-unless.js';
import { startKeyring, type Keyring } from '../support/secret-service/keyring.js';
import { startPrivateBus, type PrivateBus } from '../support/secret-service/private-bus.js';
import {
  filesHolding,
  newPerson,
  profileIdOf,
  test,
  type RunningApp,
  type Stage,
} from '../support/stage.js';
import { startTokenWitness, type TokenWitness } from '../support/token-witness.js';

/** A bus of the test's own and the address for the app; what is started on it ends with the test. */
async function aBus(stage: Stage, options?: { refusesSecrets: boolean }): Promise<PrivateBus> {
  const bus = await startPrivateBus(stage.folder('bus'), options);
  stage.onEnd(() => bus.stop());
  return bus;
}

async function aKeyring(
  stage: Stage,
  bus: PrivateBus,
  { folder = stage.folder('keyring'), isOpen = true } = {},
): Promise<Keyring> {
  const keyring = await startKeyring(bus, path.join(folder, 'keyring'), { isOpen });
  stage.onEnd(() => keyring.kill());
  return keyring;
}

async function theServer(stage: Stage): Promise<TokenWitness> {
  const witness = await startTokenWitness((await stage.server()).url);
  stage.onEnd(() => witness.stop());
  return witness;
}

const onBus = (address: string) => ({ DBUS_SESSION_BUS_ADDRESS: address });

/** Waits until Me says how the keychain stands. */
async function keychainIs({ page, pages }: RunningApp, state: KeychainView): Promise<string> {
  await pages.open('Me');
  const told = page.locator(`[data-keychain=${state}]`);
  await told.waitFor();
  return told.innerText();
}

/** Signs in to stay, and checks that it is for this run only, that no secret is on the disk, and that the app ends when asked. */
async function worksForThisRun(
  stage: Stage,
  app: RunningApp,
  witness: TokenWitness,
): Promise<void> {
  const person = newPerson();
  await app.pages.createAccount({ ...person, remember: true });
  await app.page.getByText('Signed out when Sayso closes').waitFor();
  await app.pages.status('Synced');
  const secrets = [...witness.tokens(), person.email, person.password];
  expect(secrets.length).toBeGreaterThanOrEqual(3);
  for (const secret of secrets) expect(filesHolding(stage.profileFolder, secret)).toEqual([]);
  await app.close();
  for (const secret of secrets) expect(filesHolding(stage.profileFolder, secret)).toEqual([]);
  for (const secret of witness.tokens()) expect(app.output()).not.toContain(secret);
  expect(filesHolding(stage.profileFolder, profileIdOf(stage.profileFolder))).not.toEqual([]);
}

describe.runIf(process.platform === 'linux')('without a keychain that works', () => {
  test('no bus: there is none', async ({ stage }) => {
    const witness = await theServer(stage);
    const env = onBus(`unix:path=${stage.folder('bus')}/nobody`);
    const app = await stage.app({ serverUrl: witness.url, env });
    expect(await keychainIs(app, 'absent')).toMatch(/no system keychain here.*this run only/s);
    await worksForThisRun(stage, app, witness);
  });

  test('nobody on the bus: there is none', async ({ stage }) => {
    const witness = await theServer(stage);
    const bus = await aBus(stage);
    const app = await stage.app({ serverUrl: witness.url, env: onBus(bus.address) });
    expect(await keychainIs(app, 'absent')).toMatch(/no system keychain here/);
    await worksForThisRun(stage, app, witness);
  });

  test('never unlocked, and locked: it is locked', async ({ stage }) => {
    const witness = await theServer(stage);
    const bus = await aBus(stage);
    const keyring = await aKeyring(stage, bus, { isOpen: false });
    const app = await stage.app({ serverUrl: witness.url, env: onBus(bus.address) });
    expect(await keychainIs(app, 'locked')).toMatch(/is locked.*this run only/s);
    await keyring.kill();
    const opened = await aKeyring(stage, bus);
    opened.lock();
    await app.pages.button('Try again').click();
    await keychainIs(app, 'locked');
    await worksForThisRun(stage, app, witness);
  });

  test('one that never answers: it hangs, and the window does not wait for it', async ({
    stage,
  }) => {
    const witness = await theServer(stage);
    const bus = await aBus(stage);
    const keyring = await aKeyring(stage, bus);
    keyring.freeze();
    // The page is there before anybody could know that no answer comes.
    const app = await stage.app({ serverUrl: witness.url, env: onBus(bus.address) });
    expect(await app.page.locator('h1').innerText()).not.toBe('');
    expect(await keychainIs(app, 'hanging')).toMatch(/does not answer.*this run only/s);
    await worksForThisRun(stage, app, witness);
  });

  test('one that refuses: it is said to', async ({ stage }) => {
    const witness = await theServer(stage);
    const bus = await aBus(stage, { refusesSecrets: true });
    await aKeyring(stage, bus, { isOpen: false });
    const app = await stage.app({ serverUrl: witness.url, env: onBus(bus.address) });
    expect(await keychainIs(app, 'denied')).toMatch(/refuses.*this run only/s);
    await worksForThisRun(stage, app, witness);
  });

  test('one that dies in the middle of a sign-in: it stopped, and the person is signed in', async ({
    stage,
  }) => {
    const witness = await theServer(stage);
    const bus = await aBus(stage);
    const keyring = await aKeyring(stage, bus);
    const app = await stage.app({ serverUrl: witness.url, env: onBus(bus.address) });
    await keychainIs(app, 'available');
    const person = newPerson();
    await app.pages.fillSignIn({ ...person, remember: true });
    keyring.freeze();
    await app.pages.button('Create account').click();
    // The session is open at the service; from here on the keychain is being asked.
    await expect.poll(() => witness.tokens().length, { timeout: 20_000 }).toBe(1);
    await keyring.kill();
    await app.pages.signedIn();
    expect(await keychainIs(app, 'died')).toMatch(
      /stopped while Sayso was using it.*this run only/s,
    );
    await app.page.getByText('Signed out when Sayso closes').waitFor();
    for (const secret of [...witness.tokens(), person.email])
      expect(filesHolding(stage.profileFolder, secret)).toEqual([]);
    await app.close();
  });

  test('an entry that is not what Sayso wrote: it cannot be read, and signing in puts another in its place', async ({
    stage,
  }) => {
    const witness = await theServer(stage);
    const bus = await aBus(stage);
    await aKeyring(stage, bus);
    const env = onBus(bus.address);
    const person = newPerson();
    const before = await stage.app({ serverUrl: witness.url, env });
    await before.pages.createAccount({ ...person, remember: true });
    await before.pages.status('Synced');
    await before.close();
    bus.writeSecret(
      `integro/${profileIdOf(stage.profileFolder)}/token`,
      'not a token, nor a "header"',
    );

    const app = await stage.app({ serverUrl: witness.url, env });
    expect(await keychainIs(app, 'corrupt')).toMatch(/cannot be read.*Sign in again/s);
    await app.pages.signIn({ ...person, remember: true });
    await keychainIs(app, 'available');
    await app.page.getByText('Stays signed in when Sayso closes').waitFor();
    await app.close();
  });
});

describe.runIf(process.platform === 'linux')('a kept session', () => {
  test.for(['locked', 'hanging'] as const)(
    'whose keychain is %s at the start is open again once the keychain is back',
    async (trouble, { stage }) => {
      const witness = await theServer(stage);
      const bus = await aBus(stage);
      const folder = stage.folder('keyring');
      const first = await aKeyring(stage, bus, { folder });
      const env = onBus(bus.address);
      const before = await stage.app({ serverUrl: witness.url, env });
      const person = newPerson();
      await before.pages.createAccount({ ...person, remember: true });
      await before.page.getByText('Stays signed in when Sayso closes').waitFor();
      await before.pages.status('Synced');
      await before.close();

      if (trouble === 'locked') first.lock();
      else first.freeze();
      const app = await stage.app({ serverUrl: witness.url, env });
      expect(await keychainIs(app, trouble)).toMatch(/your account is not open yet/);
      await app.page.getByRole('heading', { name: 'Unlocking' }).waitFor();
      if (trouble === 'locked') {
        await first.unlock();
        // A window that comes to the front looks by itself: then there is nothing left to press.
        await pressUnless(app.page.getByText(person.email), app.pages.button('Try again'));
      } else {
        first.thaw();
        await app.electron.evaluate(({ BrowserWindow }) => {
          for (const window of BrowserWindow.getAllWindows()) window.emit('focus');
        });
      }
      await app.page.getByText(person.email).waitFor();
      expect(await keychainIs(app, 'available')).toMatch(/works/);
      expect(witness.tokens()).toHaveLength(1);
      await app.close();
    },
  );

  test('signed out of while the keychain is locked leaves nothing in it once it is open', async ({
    stage,
  }) => {
    const witness = await theServer(stage);
    const bus = await aBus(stage);
    const folder = stage.folder('keyring');
    const first = await aKeyring(stage, bus, { folder });
    const env = onBus(bus.address);
    const app = await stage.app({ serverUrl: witness.url, env });
    await app.pages.createAccount({ ...newPerson(), remember: true });
    await app.pages.status('Synced');
    const profileId = profileIdOf(stage.profileFolder);
    expect(bus.secretsOf(profileId)).toContain(`integro/${profileId}/token`);
    first.lock();
    await app.pages.signOut();
    await app.pages.button('Sign in').waitFor();
    await keychainIs(app, 'locked');
    await first.unlock();
    expect(bus.secretsOf(profileId)).toContain(`integro/${profileId}/token`);
    await pressUnless(app.page.locator('[data-keychain=available]'), app.pages.button('Try again'));
    await keychainIs(app, 'available');
    await expect.poll(() => bus.secretsOf(profileId)).toEqual([]);
    await app.close();
  });

  test('goes on with a keychain that died and came back, twice, without a new start', async ({
    stage,
  }) => {
    const witness = await theServer(stage);
    const bus = await aBus(stage);
    const folder = stage.folder('keyring');
    const env = onBus(bus.address);
    let keyring = await aKeyring(stage, bus, { folder });
    const app = await stage.app({ serverUrl: witness.url, env });
    await app.pages.createAccount({ ...newPerson(), remember: true });
    await app.pages.status('Synced');
    const profileId = profileIdOf(stage.profileFolder);
    const secretsAfter = (count: number) =>
      expect.poll(() => bus.secretsOf(profileId).length, { timeout: 20_000 }).toBe(count);
    await secretsAfter(3);
    for (const [does, left] of [
      [() => app.pages.signOut(), 0],
      [() => app.pages.createAccount({ ...newPerson(), remember: true }), 3],
    ] as const) {
      await keyring.kill();
      keyring = await aKeyring(stage, bus, { folder });
      await does();
      await secretsAfter(left);
      await keychainIs(app, 'available');
    }
    await app.page.getByText('Stays signed in when Sayso closes').waitFor();
    await app.close();
  });
});
