import type { Bridge } from '../../src-shared/ipc-contract.js';
import type HistoryPage from '../pages/HistoryPage.svelte';
import type { HistoryLog } from './history-log.svelte.js';

/** The history page with what it reads; fetched when it is first opened. */
export interface OpenedHistory {
  readonly Page: typeof HistoryPage;
  readonly logOf: (service: string) => HistoryLog;
  /** What was imported about a service. */
  readonly importedOf: (service: string) => HistoryLog;
}

/** @returns fetches the page at its first call, and is the same from then on. */
export function historyOpener(bridge: Bridge): () => Promise<OpenedHistory> {
  let opened: Promise<OpenedHistory> | null = null;
  const open = async (): Promise<OpenedHistory> => {
    const [{ default: Page }, { HistoryLog }] = await Promise.all([
      import('../pages/HistoryPage.svelte'),
      import('./history-log.svelte.js'),
    ]);
    return {
      Page,
      logOf: (service) => new HistoryLog(bridge, service),
      importedOf: (service) => new HistoryLog(bridge, service, 'history.imported'),
    };
  };
  return () => (opened ??= open());
}
