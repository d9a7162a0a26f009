import { createContext } from 'svelte';
import type { AccountMessages } from '../../src-shared/text/index.js';
import type { MomentWords } from '../../src-shared/text/moments.js';

/** The sentences and moments of devices, passwords and the ways to leave an account. */
export interface AccountWords {
  readonly account: AccountMessages;
  readonly moments: MomentWords;
  readonly nowMs: () => number;
}

/** Set once by what Me shows of an account, for everything in it. */
export const [accountWords, setAccountWords] = createContext<AccountWords>();
