import { closeDialog, type Place } from './place.js';

/** What somebody sees who has an account, and the ways to leave it. */
export const ACCOUNT: readonly Place[] = [
  {
    name: "me, signed in, with a question about this device's choices",
    async arrive({ press, page, text }, { person }) {
      await page.getByLabel(text.me.email(), { exact: true }).fill(person.email);
      await page.getByLabel(text.me.password(), { exact: true }).fill(person.password);
      await press(text.me.createAccount());
      const name = text.deviceChoices.region();
      await page.getByRole('region', { name, exact: true }).waitFor();
      await page.getByRole('region', { name: text.account.devicesTitle() }).waitFor();
    },
    leave: ({ press, text }) => press(text.deviceChoices.takeOver()),
  },
  {
    name: 'history, an entry with its receipt',
    async arrive({ go, page, text }) {
      await go('history');
      await page.getByText(text.history.received(), { exact: true }).first().waitFor();
      await page.locator('main li summary').first().click();
    },
  },
  {
    name: 'me, three devices',
    async arrive({ go, page }, { server, person }) {
      for (const id of ['second', 'third']) {
        const device = { id, name: 'Linux' };
        await fetch(`${server.url}/integro/v1/sessions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...person, remember: false, device }),
        });
      }
      await go('me');
      await page.locator('[data-session]').nth(2).waitFor();
    },
  },
  {
    name: 'changing the password, both fields wrong',
    async arrive({ press, page, text }) {
      await press(text.account.password());
      await page.locator('dialog[open]').waitFor();
      await press(text.account.password());
      await page.getByText(text.account.newPasswordShort()).waitFor();
    },
    leave: closeDialog,
  },
  {
    name: 'deleting the account, no password typed',
    async arrive({ press, page, text }) {
      await press(text.account.remove());
      await press(text.account.remove());
      await page.getByText(text.account.passwordMissing()).waitFor();
    },
    leave: closeDialog,
  },
  {
    name: 'signing out and erasing',
    arrive: ({ press, text }) => press(text.account.erase()),
    leave: closeDialog,
  },
  {
    name: 'a change of the policy, announced',
    async arrive({ go, page, text }) {
      await go('policy');
      await page
        .getByRole('button', { name: text.announcement.readComing(), exact: true })
        .waitFor();
    },
  },
  {
    name: 'a version of the policy that is not in force yet',
    async arrive({ page, text }) {
      const version = page.getByLabel(text.reader.version(), { exact: true });
      await version.selectOption({ index: 0 });
      await page.getByText(text.reader.backToCurrent(), { exact: true }).waitFor();
    },
  },
  {
    name: 'two versions of the policy, compared',
    async arrive({ page, text }) {
      const compare = page.getByLabel(text.reader.compareWith(), { exact: true });
      await compare.selectOption({ index: 1 });
      await page.locator('ins').first().waitFor();
    },
  },
  {
    name: 'privacy, something waits for the service',
    async arrive({ go, page }, { server }) {
      await server.stop();
      await go('privacy');
      await page.getByRole('switch').first().click();
      await page.locator('[role=status][data-waiting="1"]').waitFor();
    },
  },
  {
    name: 'what waits',
    async arrive({ press, page, text }) {
      await press(text.status.openSync());
      await page.locator('dialog[open] li').first().waitFor();
    },
    leave: closeDialog,
  },
  {
    name: 'history, signed in, without a receipt yet',
    async arrive({ go, page }) {
      await go('history');
      await page.locator('main li summary').first().click();
    },
  },
  {
    name: 'me, the devices as of an earlier answer, one of them not ended',
    async arrive({ go, press, page, text }) {
      await go('me');
      await page.locator('[data-session]').first().waitFor();
      await press(text.account.end());
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'signing out with something unsent',
    async arrive({ press, page, text }) {
      await press(text.me.signOut());
      await page.locator('dialog[open]').waitFor();
    },
    async leave({ press, page, text }) {
      await press(text.me.signOut());
      // The page is loaded anew.
      await page.getByRole('button', { name: text.me.createAccount(), exact: true }).waitFor();
    },
  },
];
