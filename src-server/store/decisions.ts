import type { Kysely } from 'kysely';
import type { PageRow } from '../decisions/page.js';
import { settle, type Settled } from '../decisions/settle.js';
import { keep, readKept, type DecisionToTake } from './keep-decisions.js';
import { hasStandingSignal } from './standing-signal.js';
import type { Tables } from './tables.js';

/** The decisions of every account. */
export interface DecisionStore {
  /**
   * Settles and keeps the decisions of one request in one transaction.
   * @returns what became of each, in the same order; what is said to be received is on disk.
   */
  take(
    accountId: string,
    decisions: readonly DecisionToTake[],
    receivedAtMs: number,
  ): Promise<readonly Settled[]>;
  /** The account's decisions after a position, in order of arrival, at most `limit`. */
  listAfter(accountId: string, position: number, limit: number): Promise<readonly PageRow[]>;
  /** Whether the account has an opt-out signal that nothing has superseded. */
  hasStandingSignal(accountId: string): Promise<boolean>;
}

/** Decisions in a database of either kind. */
export function createDecisionStore(db: Kysely<Tables>): DecisionStore {
  return {
    async take(accountId, decisions, receivedAtMs) {
      if (decisions.length === 0) return [];
      return db.transaction().execute(async (transaction) => {
        const kept = await readKept(transaction, accountId, decisions);
        const settled = settle(decisions, kept, receivedAtMs);
        const fresh = decisions.filter((_, index) => settled[index]?.status === 'received');
        if (fresh.length > 0) await keep(transaction, accountId, fresh, receivedAtMs);
        return settled;
      });
    },
    async listAfter(accountId, position, limit) {
      const rows = await db
        .selectFrom('decisions')
        .select(['position', 'decision', 'received_at_ms'])
        .where('account_id', '=', accountId)
        .where('position', '>', position)
        .orderBy('position')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        position: row.position,
        jcs: row.decision,
        receivedAtMs: row.received_at_ms,
      }));
    },
    hasStandingSignal: (accountId) => hasStandingSignal(db, accountId),
  };
}
