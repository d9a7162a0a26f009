import type { Accounts } from './accounts.js';
import type { OpenedHistory } from './history/open-history.js';
import type Column from './components/Column.svelte';

/** What the first paint does without: fetched right after it. */
export interface Later {
  readonly Column: typeof Column;
  readonly accountOf: Accounts;
  /** Fetches the history page when it is first opened. */
  readonly openHistory: () => Promise<OpenedHistory>;
}
