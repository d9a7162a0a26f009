import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { LedgerView } from '../../src-shared/views.js';

/** What the app says of the ledger of a service; undefined for a service that it does not have. */
export function ledgerOf(page: Page, service: string): Promise<LedgerView | undefined> {
  return page.evaluate(async (asked) => {
    const { sayso } = globalThis as unknown as Pick<Window, 'sayso'>;
    const answer = await sayso.call('app.snapshot', {});
    return answer.ok ? answer.value.services.find(({ id }) => id === asked)?.ledger : undefined;
  }, service);
}

/** Waits until the ledger of a service was checked: until then the gate is shut for that reason, whatever was said. */
export async function checkedLedger(page: Page, service: string): Promise<void> {
  await expect
    .poll(() => ledgerOf(page, service), { timeout: 30_000, interval: 25 })
    .toMatchObject({ state: expect.not.stringMatching(/^checking$/) as string });
}
