import type { ServiceView } from '../src-shared/views.js';
import type { Fetch } from './api/index.js';
import type { FirstView } from './first-view/index.js';
import type { ToolAdapter } from './gate/index.js';
import type { ReadProfiles } from './policy/index.js';
import type { Keychain } from './secrets/index.js';
import type { DatabaseReport, Store } from './store/index.js';

/** What the core needs from outside; a test passes its own clock, network and keychain. */
export interface CoreParts {
  readonly store: Store;
  readonly read: ReadProfiles;
  /** What the window was shown before all this was there; left out: nothing. */
  readonly firstView?: FirstView | null;
  readonly fetch: Fetch;
  readonly keychain: Keychain;
  /** BCP 47 tag of the window's language, which the person may change. */
  readonly lang: () => string;
  /** Replaces every base address by `<server>/<service id>`; null: the profiles' own. */
  readonly server: string | null;
  readonly deviceName: string;
  /** The wall clock, which the person can set. */
  readonly nowMs: () => number;
  /** A clock that nobody can set, in milliseconds. */
  readonly sinceBootMs: () => number;
  readonly random: () => number;
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  /** The same, for the timer that ends a stream of news which has fallen silent; left out, it is that of sync. */
  readonly startSilenceTimer?: (run: () => void, delayMs: number) => () => void;
  /** The same, for the timer that looks whether something has run out. */
  readonly startWatchTimer: (run: () => void, delayMs: number) => () => void;
  /**
   * Has something done when the page has shown what a press came to; left out, in the next turn. With two cores, whatever runs
   * earlier makes the person wait for that.
   */
  readonly afterAnswer?: (work: () => void) => void;
  /** Comes about when the check of the whole database disturbs nobody. */
  readonly beforeCheck: () => Promise<void>;
  /** Checks every entry of a database, beside everything else. */
  readonly checkWhole: (file: string) => Promise<DatabaseReport>;
  /** Told when the database turns out to be damaged. */
  readonly onUnreadable: () => void;
  readonly isInFront: () => boolean;
  /** Whether the system says that there is a network; it only wakes. Left out: nobody asks. */
  readonly isOnline?: () => boolean;
  /** Asks the person where a file goes: an absolute path, or null when they think better of it. */
  readonly askWhereToSave: (suggestedName: string) => Promise<string | null>;
  /** Opens an address in the system's browser; whether that could be done. Left out: there is none. */
  readonly openInBrowser?: (address: string) => Promise<boolean>;
  /** Asks the person which file to read; left out: they think better of it. */
  readonly askWhatToOpen?: () => Promise<string | null>;
  /** Makes a PDF of a page; left out: there is nothing to print with. */
  readonly printPage?: (html: string, style: string) => Promise<Uint8Array>;
  /** Told what a service looks like after something about it changed. */
  readonly onServiceChanged: (view: ServiceView) => void;
  /** Told after something happened that only the detail of the sync shows, such as a try. */
  readonly onSyncChanged?: (service: string) => void;
  /** What tools and their forgetting go out by; left out, nothing does. The gate judges each request before it gets here. */
  readonly toolFetch?: Fetch;
  /** The kinds of tools that Sayso can run; left out: none. */
  readonly adapters?: readonly ToolAdapter[];
  /** The timers of tools, and that of the gate's own counts; left out, they are those of sync. */
  readonly startToolTimer?: (run: () => void, delayMs: number) => () => void;
  /** Told after the gate counted something. */
  readonly onGateCounted?: (service: string) => void;
  /** Told in a line what nobody foresaw, without anything secret; left out, it goes to standard error. */
  readonly report?: (line: string) => void;
}
