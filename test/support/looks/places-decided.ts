import { closeDialog, type Place } from './place.js';
import type { Visitor } from './visitor.js';

const openAll = async ({ page }: Visitor): Promise<void> => {
  const closed = page.locator('main details:not([open]) > summary');
  while ((await closed.count()) > 0) await closed.first().click();
};

/** What somebody sees who has decided and is signed out. */
export const DECIDED: readonly Place[] = [
  {
    name: 'policy, something found in it',
    async arrive({ go, press, page, text }) {
      await press(text.banner.necessaryOnly());
      await go('policy');
      await page.keyboard.press('Control+F');
      await page.keyboard.type('advertising');
      await page.getByText(/\d/).and(page.locator('search [aria-live]')).waitFor();
    },
  },
  {
    name: 'privacy, everything open and one never on this device',
    async arrive(visitor) {
      const { go, page, text } = visitor;
      await go('privacy');
      await page.getByRole('switch').nth(1).check();
      await openAll(visitor);
      await page.getByRole('checkbox', { name: text.limits.neverHere() }).first().check();
    },
  },
  {
    name: 'privacy, the opt-out signal on',
    async arrive({ page, text }) {
      await page.getByRole('checkbox', { name: text.limits.signal(), exact: true }).check();
      await page.locator('[role=switch]:disabled').waitFor();
    },
  },
  {
    name: 'history, an entry open',
    async arrive({ go, page }) {
      await go('history');
      await page.locator('main li summary').first().click();
    },
  },
  {
    name: 'the text shown then',
    async arrive({ press, page, text }) {
      await press(text.history.showText());
      await page.locator('dialog[open] .policy').waitFor();
    },
    leave: closeDialog,
  },
  {
    name: 'erasing an entry',
    arrive: ({ press, text }) => press(text.history.erase()),
    leave: closeDialog,
  },
  {
    name: 'history, a filter that nothing passes',
    async arrive({ page, text }) {
      await page.getByText(text.history.filter(), { exact: true }).click();
      await page.getByLabel(text.history.filterTo(), { exact: true }).fill('2020-01-01');
      await page.getByText(text.history.emptyFiltered()).waitFor();
    },
  },
  {
    name: 'on this device',
    async arrive({ go, page }) {
      await go('device');
      await page.getByRole('table').first().waitFor();
    },
  },
  {
    name: 'forgetting a service',
    arrive: ({ press, text }) => press(text.device.forget()),
    leave: closeDialog,
  },
  {
    name: 'what the gate did',
    async arrive({ press, page, text }) {
      await press(text.rail.gate());
      await page.getByRole('heading', { name: text.device.tools(), exact: true }).waitFor();
    },
  },
  {
    name: 'me, signed out, two fields not filled in',
    async arrive({ go, press, page, text }) {
      await go('me');
      await press(text.me.signIn());
      await page.getByText(text.me.emailMissing()).waitFor();
    },
  },
];
