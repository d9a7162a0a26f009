import path from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { shortenInMain } from '../../support/app-timers.js';
import { newPerson, test } from '../../support/stage.js';

test('what is left when forgetting did not end is said on the fresh page too, and pressing again ends it', async ({
  stage,
}) => {
  const server = await stage.server();
  const app = await stage.app({ serverUrl: server.url, service: 'integro' });
  const { page, pages } = app;
  await pages.createAccount({ ...newPerson(), remember: false });
  await pages.openService('Integro');
  await pages.button('Accept all cookies').click();
  await pages.status('Synced');
  // The end of the session has nowhere to go, so that forgetting takes its time.
  await server.stop();
  const database = new Database(path.join(stage.profileFolder, 'sayso.db'));
  stage.onEnd(() => {
    database.close();
  });
  database.exec(`CREATE TRIGGER keep BEFORE DELETE ON meta WHEN OLD.key = 'forgetting/integro'
    BEGIN SELECT RAISE(ABORT, 'kept'); END`);

  const FORGET = 'Forget this service on this device';
  const forget = async (): Promise<void> => {
    await pages.button(FORGET).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Forget', exact: true }).click();
  };
  await pages.open('On this device');
  await forget();
  await page.locator('[aria-busy=true]', { hasText: 'Forgetting Integro' }).waitFor();
  expect(await pages.button(FORGET).getAttribute('aria-disabled')).toBe('true');
  const left = page.getByRole('alert').getByText('Integro is not all forgotten');
  await left.waitFor();
  expect(await pages.button(FORGET).getAttribute('aria-disabled')).toBe('false');

  database.exec('DROP TRIGGER keep');
  // What nobody takes is given up after a hundred looks.
  await shortenInMain(app, { ofMs: 50, toMs: 5 });
  await forget();
  await page.getByText('Integro is forgotten on this device.').waitFor();
  expect(await left.count()).toBe(0);
});
