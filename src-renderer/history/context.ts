import { createContext } from 'svelte';
import type { HistoryMessages } from '../../src-shared/text/index.js';
import type { SyncMessages } from '../../src-shared/text/index.js';
import type { MomentWords } from '../../src-shared/text/moments.js';

/** The sentences and moments that only the history says. */
export interface HistoryWords {
  readonly history: HistoryMessages;
  /** Why a service did not take something. */
  readonly sync: SyncMessages;
  readonly moments: MomentWords;
}

/** The history page sets these once, for everything on it. */
export const [historyWords, setHistoryWords] = createContext<HistoryWords>();
