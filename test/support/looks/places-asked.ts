import { closeDialog, type Place } from './place.js';
import type { Visitor } from './visitor.js';

const banner = ({ page, text }: Visitor) =>
  page.getByRole('region', { name: text.banner.region(), exact: true });

/** What somebody sees who has said nothing yet. */
export const ASKED: readonly Place[] = [
  { name: 'policy under the question', arrive: async (visitor) => banner(visitor).waitFor() },
  {
    name: 'the whole of the question',
    arrive: async ({ page, text }) => page.getByText(text.banner.more(), { exact: true }).click(),
  },
  {
    name: 'the question of Katror',
    async arrive(visitor) {
      await visitor.press('Katror');
      await banner(visitor).getByText(visitor.text.banner.accept(), { exact: true }).waitFor();
    },
  },
  {
    name: 'the notice of Certiron',
    async arrive(visitor) {
      await visitor.press('Certiron');
      await banner(visitor).getByText(visitor.text.banner.gotIt(), { exact: true }).waitFor();
    },
  },
  {
    name: 'privacy where nothing is optional',
    arrive: (visitor) => visitor.go('privacy'),
    leave: (visitor) => visitor.press(visitor.text.banner.gotIt()),
  },
  {
    name: 'privacy under the question',
    async arrive(visitor) {
      await visitor.press('Integro');
      await visitor.go('privacy');
      await visitor.page.getByRole('switch').first().waitFor();
    },
  },
  {
    name: 'help',
    async arrive({ page }) {
      await page.keyboard.press('F1');
      await page.locator('dialog[open]').waitFor();
    },
    leave: closeDialog,
  },
];
