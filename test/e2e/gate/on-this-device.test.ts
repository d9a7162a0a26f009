import { expect, vi } from 'vitest';
import { findFaults } from '../../support/looks/find.js';
import { startQuietSite } from '../../support/hostile/quiet-site.js';
import { deviceMarks } from '../../support/device-marks.js';
import { inSite, siteWindows } from '../../support/site-window.js';
import {
  filesHolding,
  keychainEntries,
  newPerson,
  profileIdOf,
  test,
} from '../../support/stage.js';

test('what a page stores stands on the page at once, flagged by name where nobody declared it, and goes one by one', async ({
  stage,
}) => {
  const site = await startQuietSite();
  stage.onEnd(() => site.close());
  const app = await stage.app({ serverUrl: site.origin, service: 'certiron' });
  const { page, pages } = app;
  await pages.button('Got it').click();
  await pages.button('Open the service').click();
  await page.getByText('Certiron is open in its own window.').waitFor();
  await pages.button('Open the service').click();
  await page.getByText('Certiron was open already.', { exact: false }).waitFor();
  expect(await siteWindows(app)).toBe(1);

  await pages.open('On this device');
  const table = page.getByRole('table', { name: 'For Certiron' });
  await table.getByRole('row', { name: /What you chose/ }).waitFor();
  const row = (name: string) => table.getByRole('row').filter({ hasText: name });
  await inSite(
    app,
    `document.cookie = 'tracker=1'; localStorage.setItem('certiron.cookies_ack', '1'); localStorage.setItem('hidden', 'x'); indexedDB.open('drawer'); 0`,
  );
  // The sentence alone: the list below it holds the names, too.
  const named = page.getByRole('paragraph').filter({ hasText: 'nobody declared' });
  for (const name of ['tracker', 'hidden', 'drawer']) {
    await row(name).getByText('By nobody').waitFor();
    await named.filter({ hasText: name }).waitFor();
  }
  await row('certiron.cookies_ack').getByText('By the policy').waitFor();
  expect(await findFaults(page)).toEqual([]);

  for (const name of ['tracker', 'hidden']) {
    await pages.button(`Delete ${name}`).click();
    await page.getByText(`${name} is deleted.`).waitFor();
    await expect.poll(() => row(name).count()).toBe(0);
  }
  expect(await inSite(app, `document.cookie + Object.keys(localStorage).join()`)).toBe(
    'certiron.cookies_ack',
  );

  await pages.button('What the gate did').click();
  await page.getByRole('heading', { level: 1, name: 'What the gate did' }).waitFor();
  await page.getByRole('row').filter({ hasText: 'The service itself' }).first().waitFor();
  expect(await findFaults(page)).toEqual([]);
  await pages.button('Back to "On this device"').click();
  await page.getByRole('heading', { level: 1, name: 'On this device' }).waitFor();
});

test('a service that does not answer is not opened, and that is said', async ({ stage }) => {
  const app = await stage.offlineApp();
  await app.pages.button('Open the service').click();
  await app.page.getByRole('alert').getByText('Integro did not answer').waitFor();
  expect(await siteWindows(app)).toBe(0);
});

test('forgetting a service leaves nothing of it in profile, keychain and partition, and nothing of the others is touched', async ({
  stage,
}) => {
  const server = await stage.server();
  const app = await stage.app({ serverUrl: server.url, service: 'integro' });
  const { page, pages } = app;
  const [person, other] = [newPerson(), newPerson()];
  await pages.openService('Katror');
  await pages.createAccount({ ...other, remember: true });
  await pages.button('Accept').click();
  await pages.status('Synced');
  await pages.openService('Integro');
  await pages.createAccount({ ...person, remember: true });
  await pages.openService('Integro');
  await pages.button('Accept all cookies').click();
  await pages.status('Synced');

  const profileId = profileIdOf(stage.profileFolder);
  const mine = () =>
    keychainEntries(profileId).accounts.filter((name) => name.startsWith('integro/'));
  await vi.waitFor(() => expect(mine()).toHaveLength(4), { timeout: 10_000 });
  const others = keychainEntries(profileId).accounts.filter((name) => name.startsWith('katror/'));

  await pages.open('On this device');
  const table = page.getByRole('table', { name: 'For Integro' });
  for (const name of ['The key to your session', 'The newest place in your record']) {
    await table.getByRole('row').filter({ hasText: name }).getByText('System keychain').waitFor();
  }
  await table.getByRole('row').filter({ hasText: 'Your cookie choices' }).waitFor();
  const marks = deviceMarks(stage.profileFolder, 'integro');
  expect(marks.flatMap((mark) => filesHolding(stage.profileFolder, mark))).not.toEqual([]);

  await pages.button('Forget this service on this device').click();
  const dialog = page.getByRole('dialog', { name: 'Forget Integro on this device?' });
  await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
  // Signed out on the way, so that a fresh page shows how things stand.
  await pages.banner().waitFor();
  await page.getByText('Integro is forgotten on this device.').waitFor();
  await expect.poll(mine).toEqual([]);
  const left = () => marks.flatMap((mark) => filesHolding(stage.profileFolder, mark));
  await expect.poll(left).toEqual([]);
  expect(keychainEntries(profileId).accounts.filter((name) => name.startsWith('katror/'))).toEqual(
    others,
  );

  await pages.openService('Katror');
  await pages.open('Privacy');
  expect(Object.values(await pages.switches())).toEqual([true, true]);
  await app.close();
  const again = await stage.app({ serverUrl: server.url, service: 'integro' });
  await again.pages.banner().waitFor();
  await again.pages.openService('Katror');
  await again.pages.open('Me');
  await again.pages.signedIn();
});
