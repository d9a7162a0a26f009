import { signInElsewhere } from '../tour/other-client.mjs';

const PERSON = { email: 'robin@example.org', password: 'correct horse battery staple' };

/** @typedef {import('../drive/launch.mjs').RunningApp} App */
/**
 * @typedef {object} Place somewhere a person comes to
 * @property {string} name
 * @property {string} title the heading or dialog that says it is there
 * @property {(app: App, server: import('../drive/server.mjs').RunningServer) => Promise<unknown>} arrive
 * @property {(app: App) => Promise<unknown>} [leave]
 */

const press =
  (/** @type {string} */ name) =>
  (/** @type {App} */ { pages }) =>
    pages.button(name).click();
const open =
  (/** @type {any} */ name) =>
  (/** @type {App} */ { pages }) =>
    pages.open(name);
const escape = async (/** @type {App} */ { page }) => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};
const dialog = (
  /** @type {string} */ name,
  /** @type {string} */ title,
  /** @type {Place['arrive']} */ arrive,
) => ({
  name,
  title,
  arrive,
  leave: escape,
});

/** Every page and dialog, in the order in which one comes to them. @type {Place[]} */
export const PLACES = [
  {
    name: 'policy under the banner',
    title: 'Integro: privacy and cookies',
    arrive: ({ pages }) => pages.banner().waitFor(),
  },
  {
    name: 'the whole of the banner',
    title: 'Integro: privacy and cookies',
    arrive: ({ page }) => page.locator('.banner summary').click(),
  },
  {
    name: 'privacy after a refusal, the sale control with it',
    title: 'Sale or sharing',
    async arrive({ pages }) {
      await pages.button('Accept necessary only').click();
      await pages.open('Privacy');
    },
  },
  dialog('first question about a sale', 'Allow sale or sharing?', press('Allow sale or sharing')),
  dialog('second question about a sale', 'Confirm sale or sharing', async ({ pages }) => {
    await pages.button('Allow sale or sharing').click();
    await pages.button('Continue').click();
  }),
  {
    name: 'undo',
    title: 'Privacy',
    async arrive({ pages }) {
      await pages.toggle('Analytics').click();
      await pages.button('Withdraw everything').click();
      await pages.button('Leave it off').waitFor();
    },
    leave: press('Leave it off'),
  },
  {
    name: 'history, an entry open',
    title: 'History',
    async arrive({ page, pages }) {
      await pages.open('History');
      await page.locator('main li summary').first().click();
    },
  },
  dialog('the text shown then', 'The text you read', press('Show the text you read')),
  dialog('erasing an entry', 'Erase this?', press('Erase')),
  { name: 'on this device', title: 'On this device', arrive: open('On this device') },
  dialog(
    'forgetting a service',
    'Forget Integro on this device?',
    press('Forget this service on this device'),
  ),
  { name: 'what the gate did', title: 'What the gate did', arrive: press('What the gate did') },
  dialog('help and about', 'Help', ({ page }) => page.keyboard.press('F1')),
  { name: 'me, signed out', title: 'Me', arrive: open('Me') },
  {
    name: "me, signed in, with the question about this device's choices",
    title: 'Signed-in devices',
    async arrive({ page, pages }, server) {
      await pages.createAccount({ ...PERSON, remember: true });
      await signInElsewhere(server.url, PERSON, 'Phone');
      await pages.open('Policy');
      await pages.open('Me');
      await page.locator('[data-session]').nth(1).waitFor();
    },
    leave: press('Keep them on this device only'),
  },
  dialog('changing the password', 'Change password', press('Change password')),
  dialog('deleting the account', 'Delete this account?', press('Delete account')),
  dialog('signing out and erasing', "Erase this device's data?", press('Sign out and erase')),
  dialog('what waits', 'Sync', press('Sync details')),
  {
    name: 'signing out with something unsent',
    title: 'Sign out?',
    async arrive({ pages }, server) {
      await server.stop();
      await pages.open('Privacy');
      await pages.toggle('Analytics').click();
      await pages.status('Waiting to sync (1)');
      await pages.open('Me');
      await pages.button('Sign out').click();
    },
    leave: escape,
  },
];
