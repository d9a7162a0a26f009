import path from 'node:path';
import { expect, vi } from 'vitest';
import { startQuietSite } from '../../support/hostile/quiet-site.js';
import { copyAppWithHostile } from '../../support/hostile/app-copy.js';
import { startRecordingRelay } from '../../support/recording-relay.js';
import { inSite, siteWindows } from '../../support/site-window.js';
import { newPerson, test } from '../../support/stage.js';

const until = (claim: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(claim, { timeout: 20_000, interval: 25 });

test('the opt-out signal reaches the pages of a service from the moment it is switched on, and no longer', async ({
  stage,
}) => {
  const site = await startQuietSite();
  stage.onEnd(() => site.close());
  const app = await stage.app({ serverUrl: site.origin, service: 'certiron' });
  const { page, pages } = app;
  const property = () => inSite(app, 'String(navigator.globalPrivacyControl)');
  const header = () => site.asked().at(-1)?.['sec-gpc'];
  await pages.button('Got it').click();
  await pages.button('Open the service').click();
  await page.getByText('Certiron is open in its own window.').waitFor();
  expect([await property(), header()]).toEqual(['undefined', undefined]);

  await pages.open('Privacy');
  const signal = page.getByRole('checkbox', { name: 'Send the opt-out signal' });
  await signal.check();
  await until(async () => expect([await property(), header()]).toEqual(['true', '1']));
  expect(await siteWindows(app)).toBe(1);
  expect(await inSite(app, 'Navigator.prototype.hasOwnProperty("globalPrivacyControl")')).toBe(
    true,
  );
  await signal.uncheck();
  await until(async () => expect([await property(), header()]).toEqual(['undefined', undefined]));
});

test('signing out closes the window of a service and deletes all that its pages stored', async ({
  stage,
}) => {
  const { url } = await stage.server();
  const app = await stage.app({ serverUrl: url, service: 'integro' });
  const { page, pages } = app;
  await pages.createAccount(newPerson());
  await pages.open('Policy');
  const open = async (): Promise<void> => {
    await pages.button('Open the service').click();
    await page.getByText('Integro is open in its own window.').waitFor();
  };
  await open();
  await inSite(app, `document.cookie = 'kept=1'; localStorage.setItem('kept', '1'); 0`);
  expect(await inSite(app, 'document.cookie + localStorage.getItem("kept")')).toBe('kept=11');
  await pages.signOut();
  await pages.button('Sign in').waitFor();
  await until(async () => expect(await siteWindows(app)).toBe(0));
  await pages.open('Policy');
  await open();
  expect(await inSite(app, 'document.cookie + localStorage.getItem("kept")')).toBe('null');
});

test('an account whose choices were not fetched yet opens nothing, whatever was allowed elsewhere', async ({
  stage,
}) => {
  const folder = stage.folder('app');
  const main = copyAppWithHostile(folder, [
    { id: 'usage', purpose: 'analytics', kind: 'usage-statistics', hosts: [] },
  ]);
  const { url } = await stage.server({
    servicesFolder: path.join(folder, 'resources', 'services'),
  });
  const relay = await startRecordingRelay(url, () => false);
  stage.onEnd(() => relay.close());
  const person = newPerson();
  const first = await stage.app({ serverUrl: relay.url, service: 'hostile', main });
  await first.pages.createAccount(person);
  await first.pages.open('Privacy');
  await first.pages.toggle('Analytics').click();
  await first.pages.status('Synced');
  await first.close();

  relay.hold((asked) => asked.includes('/v1/decisions'));
  const second = await stage.app({
    serverUrl: relay.url,
    service: 'hostile',
    main,
    profileFolder: stage.folder('second'),
  });
  await second.pages.signIn(person);
  await second.pages.open('On this device');
  await second.pages.button('What the gate did').click();
  const tool = second.page.getByRole('listitem').filter({ hasText: 'usage' });
  await tool.getByText("Closed: your account's choices are not here yet").waitFor();
  relay.hold(() => false);
  await tool.getByText('May act').waitFor();
});
