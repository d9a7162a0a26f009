import { describe, expect } from 'vitest';
import { shortenInPage } from '../../support/app-timers.js';
import {
  keychainEntries,
  newPerson,
  profileIdOf,
  test,
  type RunningApp,
  type Stage,
} from '../../support/stage.js';

/** The list is read again every ten seconds. */
const READ_AGAIN = { ofMs: 10_000, toMs: 500 };

const devices = ({ page }: RunningApp) => page.getByRole('region', { name: 'Signed-in devices' });
const rows = (app: RunningApp) => devices(app).locator('[data-session]');
const endButtons = (app: RunningApp) =>
  devices(app).getByRole('button', { name: 'End session', exact: true });

/** Two real apps with profiles of their own, signed in to one account; both on Me. */
async function twoApps(stage: Stage) {
  const server = await stage.server();
  const person = newPerson();
  const a = await stage.app({ serverUrl: server.url });
  await shortenInPage(a, READ_AGAIN);
  await a.pages.createAccount({ ...person, remember: true });
  await a.pages.status('Synced');
  const profileFolder = stage.folder('second-profile');
  const b = await stage.app({ serverUrl: server.url, profileFolder });
  await shortenInPage(b, READ_AGAIN);
  await b.pages.signIn({ ...person, remember: true });
  await b.pages.status('Synced');
  return { server, person, a, b };
}

describe('the devices of an account', () => {
  test('one ends the session of the other, which is signed out at once and keeps no secret', async ({
    stage,
  }) => {
    const { a, b } = await twoApps(stage);
    const profileId = profileIdOf(stage.profileFolder);
    expect(keychainEntries(profileId).tokens).toHaveLength(1);
    await expect.poll(() => rows(b).count()).toBe(2);
    expect(await rows(b).first().innerText()).toContain('This device');
    await endButtons(b).click();
    await devices(b).getByText('is ended').waitFor();
    expect(await rows(b).count()).toBe(1);
    // What had the focus is gone; it has not fallen to the page.
    const focused = await b.page.evaluate('document.activeElement.textContent');
    expect(focused).toBe('Signed-in devices');

    await a.pages.button('Sign in').waitFor();
    await a.page.getByText('Your session at Integro was ended on another device').waitFor();
    await expect
      .poll(() => keychainEntries(profileId).accounts.join(' '))
      .not.toMatch(/token|device/);
    expect((await a.pages.statusNow()).state).toBe('local');
    await b.pages.signedIn();
  });

  test('a sign-in elsewhere appears by itself, and all others are ended with one press', async ({
    stage,
  }) => {
    const { server, person, a, b } = await twoApps(stage);
    await expect.poll(() => rows(a).count(), { timeout: 20_000 }).toBe(2);
    const opened = await fetch(`${server.url}/integro/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...person, remember: false, device: { id: 'third', name: 'Phone' } }),
    });
    expect(opened.status).toBe(201);
    await expect.poll(() => rows(a).count(), { timeout: 20_000 }).toBe(3);
    await devices(a).getByText('Phone').waitFor();
    await devices(a).getByRole('button', { name: 'End all others' }).click();
    await devices(a).getByText('Every other session is ended.').waitFor();
    expect(await rows(a).count()).toBe(1);
    await b.pages.button('Sign in').waitFor();
    await a.pages.signedIn();
  });

  test('without the service says what it last heard, that nothing is known to be ended, and reads again by itself', async ({
    stage,
  }) => {
    const { server, a } = await twoApps(stage);
    await expect.poll(() => rows(a).count(), { timeout: 20_000 }).toBe(2);
    await server.stop();
    await a.pages.status('Offline');
    await devices(a)
      .getByText(/^As of today at .*No answer came from Integro/)
      .waitFor();
    await endButtons(a).click();
    const alert = devices(a).getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('The session may still be open.');
    await a.pages.open('Privacy');
    await a.pages.open('Me');
    await devices(a)
      .getByText(/^As of today at/)
      .waitFor();
    await stage.server();
    await devices(a)
      .getByText(/^As of today at/)
      .waitFor({ state: 'detached', timeout: 40_000 });
    expect(await rows(a).count()).toBe(2);
  });
});
