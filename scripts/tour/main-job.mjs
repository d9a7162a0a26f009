import assert from 'node:assert/strict';
import { accountSteps } from './account.mjs';
import { gateSteps } from './gate.mjs';
import { decisionsOf, statusOfToken } from './other-client.mjs';
import { keychainAccounts, keychainToken } from './witness.mjs';

/** An account that exists only in the tour's own server. */
const PERSON = { email: 'robin@example.org', password: 'correct horse battery staple' };

const ALL_OFF = { Functional: false, Analytics: false, Advertising: false };

/**
 * The main job: first start offline, decide, read, sign in, toggle offline, come back online, sign out. Each step checks
 * what a person would see, and what an outsider finds in keychain and server.
 *
 * @param {import('./recorder.mjs').Recorder} recorder
 * @param {any} stage
 */
export async function mainJob(recorder, stage) {
  const step = (name, act) =>
    recorder.step(name, stage.page, () => act(stage.app?.pages, stage.app?.page));
  const dark = (name, act = async () => undefined) =>
    step(name, async (pages, page) => {
      await page.emulateMedia({ colorScheme: 'dark' });
      await act(pages, page);
    });
  const light = () => stage.app.page.emulateMedia({ colorScheme: 'light' });

  await step('first-start-offline', async () => {
    const { page, pages } = await stage.open();
    await light();
    await pages.banner().waitFor();
    return `asked: ${await page.getByRole('heading', { level: 1 }).innerText()}`;
  });
  await dark('first-start-offline-dark');
  await light();
  for (const [name, answer] of [
    ['Katror', 'Necessary only'],
    ['Certiron', 'Got it'],
  ]) {
    await step(`banner-${name.toLowerCase()}`, async (pages) => {
      await pages.openService(name);
      await pages.banner().getByRole('button', { name: answer, exact: true }).waitFor();
    });
    await step(`answered-${name.toLowerCase()}`, async (pages) => {
      await pages.banner().getByRole('button', { name: answer, exact: true }).click();
      await pages.status('Saved on this device');
      await pages.banner().waitFor({ state: 'detached' });
    });
  }
  await step('refuse-integro', async (pages) => {
    await pages.openService('Integro');
    await pages.button('Accept necessary only').click();
    await pages.status('Saved on this device');
  });
  await step('policy-integro', async (pages) => {
    await pages.open('Policy');
    await pages.banner().waitFor({ state: 'detached' });
  });
  await dark('policy-integro-dark');
  await light();
  await step('privacy-refused', async (pages) => {
    await pages.open('Privacy');
    assert.deepEqual(await pages.switches(), ALL_OFF);
    return 'every optional switch is off';
  });
  await dark('privacy-refused-dark');
  await light();
  await step('restart-after-kill', async () => {
    await stage.app.kill();
    const { pages } = await stage.open();
    await light();
    await pages.open('Privacy');
    assert.equal(await pages.banner().count(), 0);
    assert.deepEqual(await pages.switches(), ALL_OFF);
    return 'asks nothing again, shows the same';
  });
  await step('me-signed-out', async (pages) => pages.open('Me'));
  await step('sign-in-without-network', async (pages, page) => {
    await pages.fillSignIn({ ...PERSON, remember: true });
    await pages.button('Sign in').click();
    return `said: ${await page.getByRole('alert').innerText()}`;
  });

  await step('create-account', async () => {
    await stage.app.close();
    await stage.serve();
    const { page, pages } = await stage.open();
    await light();
    await pages.createAccount({ ...PERSON, remember: true });
    await page.getByText(PERSON.email).waitFor();
    const kinds = keychainAccounts()?.map((account) => account.split('/').at(-1));
    if (kinds === undefined) return 'no keychain tool here to look with';
    assert.deepEqual(kinds.filter((kind) => kind !== 'anchor').toSorted(), [
      'device',
      'token',
      'vault',
    ]);
    return `in the keychain: ${kinds.join(', ')}`;
  });
  await dark('create-account-dark');
  await light();
  await step('device-choices', async (pages, page) => {
    await pages.open('Privacy');
    const region = page.getByRole('region', { name: "This device's choices" });
    await region.waitFor();
    await region.getByRole('button').first().click();
    await region.waitFor({ state: 'detached' });
    await pages.status('Synced');
  });
  await step('toggle-online', async (pages) => {
    await pages.toggle('Analytics').click();
    await pages.status('Synced');
    const last = (await decisionsOf(stage.server.url, PERSON)).at(-1);
    assert.deepEqual(last.choices, { analytics: 'granted' });
    return 'read back from the server by another client';
  });
  await step('toggle-offline', async (pages) => {
    await stage.unserve();
    await pages.toggle('Functional').click();
    await pages.status('Waiting to sync (1)');
    return JSON.stringify(await pages.statusNow());
  });
  await dark('toggle-offline-dark');
  await light();
  await step('sync-detail', async (pages, page) => {
    await pages.button('Sync details').click();
    const dialog = page.getByRole('dialog', { name: 'Sync', exact: true });
    await dialog.getByText('You allowed Functional').waitFor();
    return `what waits: ${await dialog.getByRole('listitem').count()}`;
  });
  await dark('sync-detail-dark');
  await light();
  await step('sync-detail-closed', async (pages, page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
  await step('waiting-survives-kill', async () => {
    await stage.app.kill();
    const { pages } = await stage.open();
    await light();
    await pages.open('Privacy');
    await pages.status('Waiting to sync (1)');
    assert.equal(await pages.toggle('Functional').isChecked(), true);
  });
  await step('back-online', async (pages) => {
    await stage.serve();
    await pages.status('Synced');
    const arrived = await decisionsOf(stage.server.url, PERSON);
    assert.deepEqual(arrived.at(-1).choices, { functional: 'granted' });
    return 'arrived by itself';
  });
  await step('withdraw-everything', async (pages) => {
    await pages.button('Withdraw everything').click();
    await pages.status('Saved on this device');
    assert.deepEqual(await pages.switches(), ALL_OFF);
    await pages.status('Synced');
  });
  await step('history', async (pages, page) => {
    await pages.open('History');
    const said = page.getByRole('listitem').filter({ has: page.locator('summary') });
    await said.getByText('You withdrew everything', { exact: false }).first().waitFor();
    const entries = await said.count();
    await said.first().locator('summary').click();
    return `${entries} decisions, each with the text shown then`;
  });
  await dark('history-dark');
  await light();
  await accountSteps({ step, dark, light, serverUrl: () => stage.server.url, person: PERSON });
  await step('sign-out', async (pages) => {
    const token = keychainToken();
    await pages.signOut();
    await pages.button('Sign in').waitFor();
    if (token === null) return 'no keychain tool here to look with';
    const left = (keychainAccounts() ?? []).filter((account) => !account.endsWith('/anchor'));
    assert.deepEqual(left, []);
    assert.equal(await statusOfToken(stage.server.url, token), 401);
    return 'no secret left in the keychain, the old token answers 401';
  });
  await gateSteps({ step, dark, light, person: PERSON });
}
