import type { Kysely } from 'kysely';
import type { Place } from '../decisions/cursor.js';
import type { Delivery, Outcome } from './delivery.js';
import type { Expect } from './group-commit.js';
import { entriesAfter, newestPlaces, type EntryRow } from './places.js';
import { hasStandingSignal } from './standing-signal.js';
import type { Tables } from './tables.js';

export type { EntryRow, Outcome };

/** The decisions of every account. */
export interface DecisionStore {
  /**
   * Settles and keeps the entries of one request in one transaction.
   * @returns what became of each, in the same order; what is said to be received is on disk, its receipt with it.
   */
  take(delivery: Delivery): Promise<readonly Outcome[]>;
  /**
   * Says that a delivery comes once `preparation` has ended, so that it may share a commit with others; what is prepared has to
   * be short, because they wait for it.
   * @returns `preparation`, however it ends.
   */
  readonly expect: Expect;
  /**
   * The account's entries after a place, in order of arrival, at most `limit`. Whatever comes later stands behind what was
   * read here, however many write at once.
   * @param after null to begin at the start.
   * @returns `expired` when that place is not one of this history.
   */
  listAfter(
    accountId: string,
    after: Place | null,
    limit: number,
  ): Promise<readonly EntryRow[] | 'expired'>;
  /** The newest place of each account that has one. */
  newestPlaces(accountIds: readonly string[]): Promise<ReadonlyMap<string, Place>>;
  /** Whether the account has an opt-out signal that nothing has superseded. */
  hasStandingSignal(accountId: string): Promise<boolean>;
}

/**
 * Decisions in a database of either kind.
 * @param take keeps a delivery that has entries, in one transaction.
 */
export function createDecisionStore(
  db: Kysely<Tables>,
  take: DecisionStore['take'],
  expect: Expect,
): DecisionStore {
  return {
    expect,
    take: async (delivery) => (delivery.entries.length === 0 ? [] : take(delivery)),
    listAfter: (accountId, after, limit) => entriesAfter(db, accountId, after, limit),
    newestPlaces: (accountIds) => newestPlaces(db, accountIds),
    hasStandingSignal: (accountId) => hasStandingSignal(db, accountId),
  };
}
