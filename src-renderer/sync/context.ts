import { createContext } from 'svelte';
import type { SyncMessages } from '../../src-shared/text/index.js';
import type { MomentWords } from '../../src-shared/text/moments.js';

/** The sentences and moments of the "Sync" detail and of what was refused. */
export interface SyncWords {
  readonly sync: SyncMessages;
  readonly moments: MomentWords;
  readonly nowMs: () => number;
}

/** Set once by whatever shows something of the sync, for everything in it. */
export const [syncWords, setSyncWords] = createContext<SyncWords>();
