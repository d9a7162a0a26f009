import type { Page } from 'playwright';
import type { LedgerView } from '../../src-shared/views.js';

/** What the app says of the ledger of a service; undefined for a service that it does not have. */
export function ledgerOf(page: Page, service: string): Promise<LedgerView | undefined> {
  return page.evaluate(async (asked) => {
    const { sayso } = globalThis as unknown as Pick<Window, 'sayso'>;
    const answer = await sayso.call('app.snapshot', {});
    return answer.ok ? answer.value.services.find(({ id }) => id === asked)?.ledger : undefined;
  }, service);
}
