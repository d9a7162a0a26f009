import type { Kysely } from 'kysely';
import { receiptSchema, type Receipt, type ReceiptLeaf } from '../../src-shared/ledger/receipt.js';
import { leafOf } from '../decisions/entry.js';
import { receivedAtMsOf } from '../decisions/received-at.js';
import { settle, type EntryToSettle, type Settled, type Verdict } from '../decisions/settle.js';
import type { Place } from '../decisions/cursor.js';
import type { SigningKey } from '../keys/signing-key.js';
import type { DatabaseKind } from './kind.js';
import { keepChains, keepEntries } from './keep-entries.js';
import { keepForOptOut } from './keep-opt-out.js';
import { entriesAfter, newestPlaces, type EntryRow } from './places.js';
import { readKept, type Sender } from './read-kept.js';
import { inUse } from './signing-keys.js';
import { hasStandingSignal } from './standing-signal.js';
import type { Tables } from './tables.js';
import { standInLine } from './stand-in-line.js';
import type { Transact } from './transactions.js';

export type { EntryRow };

/** What became of one entry. */
export type Outcome =
  | {
      readonly status: 'received' | 'repeated';
      readonly receivedAtMs: number;
      readonly receipt: Receipt | null;
    }
  | Pick<Extract<Verdict, { status: 'refused' }>, 'status' | 'problem' | 'detail'>;

/** What one request brings. */
export interface Delivery {
  readonly sender: Sender;
  readonly entries: readonly EntryToSettle[];
  readonly receivedAtMs: number;
  /** Signs for the entries that are received; in their order. */
  readonly issue: (
    key: SigningKey,
    leaves: readonly ReceiptLeaf[],
    receivedAtMs: number,
  ) => readonly Receipt[];
}

/** The decisions of every account. */
export interface DecisionStore {
  /**
   * Settles and keeps the entries of one request in one transaction.
   * @returns what became of each, in the same order; what is said to be received is on disk, its receipt with it.
   */
  take(delivery: Delivery): Promise<readonly Outcome[]>;
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

/** Decisions in a database of either kind. */
export function createDecisionStore(
  db: Kysely<Tables>,
  transact: Transact,
  kind: DatabaseKind,
): DecisionStore {
  return {
    async take({ sender, entries, receivedAtMs: nowMs, issue }) {
      if (entries.length === 0) return [];
      return transact(async (transaction) => {
        if (kind === 'postgres') await standInLine(transaction, sender.accountId);
        const { kept, places } = await readKept(
          transaction,
          kind,
          sender,
          entries.map(({ entry }) => entry),
        );
        const settled = settle(entries, kept);
        const receivedAtMs = receivedAtMsOf(nowMs, settled, kept);
        const received = receivedOf(settled);
        const key = received.length === 0 ? undefined : await inUse(transaction);
        if (received.length > 0 && !key) throw new Error('there is no key to sign receipts with');
        const issued = key
          ? issue(
              key,
              received.map(({ keep }) => leafOf(keep)),
              receivedAtMs,
            )
          : [];
        const receipts = new Map(received.map(({ index }, at) => [index, issued[at] ?? null]));
        const toKeep = settled.verdicts.flatMap((verdict, index) => {
          const keep = 'keep' in verdict ? verdict.keep : undefined;
          return keep ? [{ entry: keep, receipt: receipts.get(index) ?? null }] : [];
        });
        if (toKeep.length > 0) {
          await keepEntries(transaction, kind, sender, toKeep, { receivedAtMs, places });
          await keepChains(transaction, sender, settled.chains);
          const all = toKeep.map(({ entry }) => entry);
          await keepForOptOut(transaction, kind, sender.accountId, all);
        }
        return settled.verdicts.map((verdict, index) =>
          outcomeOf(verdict, index, receivedAtMs, receipts),
        );
      }, entries.length);
    },
    listAfter: (accountId, after, limit) => entriesAfter(db, accountId, after, limit),
    newestPlaces: (accountIds) => newestPlaces(db, accountIds),
    hasStandingSignal: (accountId) => hasStandingSignal(db, accountId),
  };
}

function receivedOf({ verdicts }: Settled) {
  return verdicts.flatMap((verdict, index) =>
    verdict.status === 'received' ? [{ keep: verdict.keep, index }] : [],
  );
}

function outcomeOf(
  verdict: Verdict,
  index: number,
  receivedAtMs: number,
  receipts: ReadonlyMap<number, Receipt | null>,
): Outcome {
  if (verdict.status === 'refused') {
    const { status, problem, detail } = verdict;
    return detail === undefined ? { status, problem } : { status, problem, detail };
  }
  if (verdict.status === 'received') {
    return { status: 'received', receivedAtMs, receipt: receipts.get(index) ?? null };
  }
  const { first } = verdict;
  if ('index' in first) {
    return { status: 'repeated', receivedAtMs, receipt: receipts.get(first.index) ?? null };
  }
  const receipt = first.receipt === null ? null : receiptSchema.parse(JSON.parse(first.receipt));
  return { status: 'repeated', receivedAtMs: first.receivedAtMs, receipt };
}
