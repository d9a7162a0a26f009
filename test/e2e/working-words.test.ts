import { expect } from 'vitest';
import type { CallName } from '../../src-shared/ipc-contract.js';
import { holdUp } from '../support/hold-up.js';
import { createVisitor } from '../support/looks/visitor.js';
import { newPerson, test } from '../support/stage.js';

test('what takes over half a second says that it works, and takes no second press', async ({
  stage,
}) => {
  const server = await stage.server();
  const app = await stage.app({ serverUrl: server.url });
  const { page, pages } = app;
  const { show } = await createVisitor(app, 'en');
  await pages.createAccount({ ...newPerson(), remember: false });
  await pages.button('Accept necessary only').click();
  await pages.status('Synced');

  const busy = (words: string) =>
    page.locator('[aria-live][aria-busy=true]', { hasText: words }).waitFor();
  /** Presses twice; only the first is a call, and words tell of it. */
  const isSaid = async (call: CallName, button: string, words: string): Promise<void> => {
    const calls = await holdUp(app, call);
    const pressed = page.getByRole('button', { name: button, exact: true }).last();
    await pressed.click();
    await busy(words);
    // What is disabled for the eye and the screen reader can still be pressed.
    await pressed.click({ force: true });
    expect([call, await calls()]).toEqual([call, 1]);
  };

  await pages.open('History');
  await page.locator('main li summary').first().click();
  await holdUp(app, 'history.erase');
  await pages.button('Erase').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click();
  await busy('Erasing');
  await pages.open('On this device');
  await pages.button('What the gate did').click();
  await isSaid('gate.export', 'Export', 'Writing the file');
  await pages.open('Privacy');
  await show({ ledger: { state: 'suspect', reason: 'older' } });
  await isSaid('ledger.startOver', 'Start over with this service', 'Starting over with Integro');
  await show({ ledger: { state: 'sound', reason: null } });
  const calls = await holdUp(app, 'limits.neverHere');
  await page.getByRole('checkbox', { name: 'Never on this device: Functional' }).click();
  await busy('Saving');
  expect(await calls()).toBe(1);
  await pages.open('Me');
  await isSaid('session.signOut', 'Sign out', 'Signing out');
});
