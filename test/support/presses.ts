import type { Page } from 'playwright';

/** Counts what a person presses, so that a test can say how many steps a task took. */
export interface Presses {
  /** Presses the one control of that role and name. */
  press(role: 'button' | 'switch' | 'checkbox' | 'combobox', name: string): Promise<void>;
  /** Opens the details whose summary begins so, below `of` where given. */
  open(summary: RegExp): Promise<void>;
  count(): number;
}

export function countPresses(page: Page): Presses {
  let presses = 0;
  return {
    async press(role, name) {
      presses += 1;
      await page.getByRole(role, { name, exact: true }).click();
    },
    async open(summary) {
      presses += 1;
      await page.locator('summary', { hasText: summary }).first().click();
    },
    count: () => presses,
  };
}
