import type { Kysely, Transaction } from 'kysely';
import { isRaceLost } from './failures.js';
import type { Tables } from './tables.js';

/** Runs `work` as one transaction, and again as a whole when another transaction got in its way. */
export type Transact = <Value>(
  work: (transaction: Transaction<Tables>) => Promise<Value>,
) => Promise<Value>;

/** Waits before another try. @param tries how many have been lost, from 1. */
export type Pause = (tries: number) => Promise<void>;

/** Most tries of one transaction. Races are short, so whoever has lost this many meets something else. */
const MOST_TRIES = 10;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;

/**
 * Transactions that outlive races: serialisation failures, deadlocks, and unique keys that somebody else took in between.
 * `work` may therefore run several times and must touch nothing but its transaction. After the last try the error of that
 * race is thrown. A commit whose answer was lost is never tried again here: whether it happened is not known.
 */
export function createTransact(db: Kysely<Tables>, pause: Pause): Transact {
  return async (work) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await db.transaction().execute(work);
      } catch (error) {
        if (tries >= MOST_TRIES || !isRaceLost(error)) throw error;
        await pause(tries);
      }
    }
  };
}

/**
 * A pause of full jitter (a random part of a span that doubles), so that those who met do not meet again.
 * @param random from 0 to below 1.
 */
export function jitteredPause(random: () => number, wait: (ms: number) => Promise<unknown>): Pause {
  return async (tries) => {
    await wait(random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries));
  };
}
