import type { Accounts } from '../accounts.js';
import type * as later from './later.js';

/** The parts of `later.ts` as their users name them: a type only, so that naming them fetches nothing. */
export type LaterParts = typeof later;

/** The parts once they are here, and what only they need. */
export interface Later {
  readonly parts: LaterParts;
  readonly accountOf: Accounts;
}
