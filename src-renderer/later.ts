import type { IpcFailure } from '../src-shared/failures.js';
import type { PolicyDifference } from '../src-shared/policy-difference.js';
import type { Result } from '../src-shared/result.js';
import type { OpenedAccount } from './account/open-account.js';
import type { Accounts } from './accounts.js';
import type { OpenedDevice, OpenSite } from './device/open-device.js';
import type { OpenedHistory } from './history/open-history.js';
import type { Limits } from './limits.js';
import type Column from './components/Column.svelte';
import type HelpDialog from './components/help/HelpDialog.svelte';
import type Overlays from './components/Overlays.svelte';
import type { PolicyShelf } from './policy/policy-shelf.js';
import type { QuitAsking } from './quit-asking.js';
import type { OpenedSync } from './sync/open-sync.js';
import type { Words } from './text/context.js';

/** Asks what differs between two versions of a policy; `from` null: the version before `to`. */
export type ReadDifference = (
  service: string,
  from: string | null,
  to: string,
) => Promise<
  Result<PolicyDifference, IpcFailure | { readonly code: 'unknown-service' | 'not-comparable' }>
>;

/** What the first paint does without: fetched right after it. */
export interface Later {
  /** Told when the first page has been painted with all that is on it. */
  readonly onDrawn: () => void;
  readonly Column: typeof Column;
  readonly accountOf: Accounts;
  readonly limits: Limits;
  /** Fetches what Me shows of an account when Me is first opened. */
  readonly openAccount: () => Promise<OpenedAccount>;
  readonly shelf: PolicyShelf;
  /** Fetches the history page when it is first opened. */
  readonly openHistory: () => Promise<OpenedHistory>;
  /** Fetches the pages about the gate and what is stored when one of them is first opened. */
  readonly openDevice: () => Promise<OpenedDevice>;
  readonly openSite: OpenSite;
  readonly Overlays: typeof Overlays;
  /** Fetches what shows the sync when it is first asked for. */
  readonly openSync: () => Promise<OpenedSync>;
  readonly quitting: QuitAsking;
  /** Fetches Help when it is first asked for. */
  readonly openHelp: () => Promise<{ readonly default: typeof HelpDialog }>;
  /** Listens to the menu; the answer stops it. */
  readonly followMenu: (onItem: (item: 'help' | 'find' | 'sync') => void) => () => void;
  readonly chooseLanguage: (lang: string | null) => void;
  readonly words: Words;
}
