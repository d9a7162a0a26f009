import { expect } from 'vitest';
import { decisionsOf } from '../../../scripts/tour/other-client.mjs';
import { newPerson, test } from '../../support/stage.js';

const OFF = { Functional: false, Analytics: false, Advertising: false };

/** What was chosen in each decision that the service has whole, in the order in which it took them. */
async function choicesAt(serverUrl: string, person: ReturnType<typeof newPerson>) {
  const decisions = (await decisionsOf(serverUrl, person)) as readonly (
    { choices: Record<string, string> } | undefined
  )[];
  return decisions.flatMap((decision) => (decision ? [decision.choices] : []));
}

test('two people at one profile: nothing of one shows to the other or goes out as theirs, and signing out returns to the device', async ({
  stage,
}) => {
  const server = await stage.server();
  const ada = newPerson();
  const ben = newPerson();
  const { page, pages } = await stage.app({ serverUrl: server.url });
  // The device's own choice, before anybody signs in.
  await pages.button('Accept necessary only').click();

  await pages.createAccount({ ...ada, remember: true });
  await pages.button('Keep them on this device only').click();
  await pages.open('Privacy');
  await pages.toggle('Analytics').click();
  await pages.status('Synced');
  // Said without a network: it must not go out under the next name.
  await server.stop();
  await pages.toggle('Functional').click();
  await pages.toggle('Analytics').click();
  await pages.status('Waiting to sync (2)');
  await pages.signOut();
  await page
    .getByRole('dialog', { name: 'Sign out?' })
    .getByRole('button', { name: 'Sign out', exact: true })
    .click();
  await pages.button('Sign in').waitFor();
  await pages.open('Privacy');
  expect(await pages.switches()).toEqual(OFF);
  await pages.open('History');
  await expect.poll(() => page.locator('main li summary').count()).toBe(1);

  await stage.server();
  await pages.createAccount({ ...ben, remember: true });
  await pages.button('Keep them on this device only').click();
  await pages.status('Synced');
  await pages.open('History');
  await page.getByText('Nothing yet.').waitFor();
  await pages.open('Privacy');
  expect(await pages.switches()).toEqual(OFF);
  await pages.toggle('Advertising').click();
  await pages.status('Synced');
  expect(await choicesAt(server.url, ben)).toEqual([{ advertising: 'granted' }]);
  // Of the first only the refusal went out after the sign-out; the permission that was never sent is gone.
  await expect
    .poll(() => choicesAt(server.url, ada), { timeout: 40_000 })
    .toEqual([{ analytics: 'granted' }, { analytics: 'denied' }]);

  await pages.signOut();
  await pages.button('Sign in').waitFor();
  await pages.open('Privacy');
  expect(await pages.switches()).toEqual(OFF);
  await pages.signIn(ada);
  await pages.open('History');
  await page.getByText('You refused Analytics').waitFor();
  expect(await page.getByText('You allowed Advertising').count()).toBe(0);
});
