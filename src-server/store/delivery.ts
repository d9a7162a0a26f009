import type { ReceiptLeaf } from '../../src-shared/ledger/receipt.js';
import type { Place } from '../decisions/cursor.js';
import { leafOf, type CheckedEntry } from '../decisions/entry.js';
import { receivedAtMsOf } from '../decisions/received-at.js';
import {
  settle,
  type EntryToSettle,
  type Kept,
  type Settled,
  type Verdict,
} from '../decisions/settle.js';
import type { SigningKey } from '../keys/signing-key.js';
import type { IssuedReceipt, IssuedReceipts } from '../receipts.js';

/** Who sends: a device of an account. */
export interface Sender {
  readonly accountId: string;
  readonly deviceId: string;
}

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
  ) => IssuedReceipts;
}

/** What became of one entry. */
export type Outcome =
  | {
      readonly status: 'received' | 'repeated';
      readonly receivedAtMs: number;
      /** JSON, or one that was only just issued. */
      readonly receipt: string | IssuedReceipt | null;
    }
  | Pick<Extract<Verdict, { status: 'refused' }>, 'status' | 'problem' | 'detail'>;

/** What is kept, and where it stands. */
export interface KeptWithPlaces {
  readonly kept: Kept;
  /** The places of the sender's own entries, by their id. */
  readonly places: ReadonlyMap<string, Place>;
  /** Of what the entries take the place of, that which is known not to be an opt-out signal. */
  readonly noSignals: ReadonlySet<string>;
  /** The batches that those of them have their receipts in which have one of a batch. */
  readonly batches: ReadonlyMap<string, number>;
}

/** An entry to be kept. */
export interface EntryToKeep {
  readonly entry: CheckedEntry;
  /** Null for the header of a refused grant. */
  readonly receipt: IssuedReceipt | null;
}

/** A delivery held against what is kept. Nothing of it is signed or written yet. */
export interface Settlement extends Settled {
  readonly receivedAtMs: number;
  /** What receipts are to be signed for, in order; with none no key is needed. */
  readonly leaves: readonly ReceiptLeaf[];
}

/** What is to be written for a delivery, and what to answer once it is on disk. */
export interface Taken {
  readonly toKeep: readonly EntryToKeep[];
  /** Null where nothing was signed for. */
  readonly issued: IssuedReceipts | null;
  readonly outcomes: readonly Outcome[];
}

/** Settles a delivery. The same steps for either kind of database, which only read before and write after. */
export function settleDelivery(
  { entries, receivedAtMs: nowMs }: Delivery,
  { kept }: KeptWithPlaces,
): Settlement {
  const settled = settle(entries, kept);
  const leaves = settled.verdicts.flatMap((verdict) =>
    verdict.status === 'received' ? [leafOf(verdict.keep)] : [],
  );
  return { ...settled, receivedAtMs: receivedAtMsOf(nowMs, settled, kept), leaves };
}

/**
 * Has the receipts signed and says what is to be kept.
 * @param key the key to sign with; undefined only where nothing is to be signed.
 */
export function signDelivery(
  { issue }: Delivery,
  { verdicts, leaves, receivedAtMs }: Settlement,
  key: SigningKey | undefined,
): Taken {
  if (leaves.length > 0 && !key) throw new Error('there is no key to sign receipts with');
  const issued = key && leaves.length > 0 ? issue(key, leaves, receivedAtMs) : null;
  let next = 0;
  const receipts = verdicts.map((verdict): EntryToKeep['receipt'] => {
    if (verdict.status !== 'received') return null;
    return issued && { issued, index: next++ };
  });
  const toKeep = verdicts.flatMap((verdict, index) => {
    const entry = 'keep' in verdict ? verdict.keep : undefined;
    return entry ? [{ entry, receipt: receipts[index] ?? null }] : [];
  });
  const outcomes = verdicts.map((verdict, index) =>
    outcomeOf(verdict, index, receivedAtMs, receipts),
  );
  return { toKeep, issued, outcomes };
}

function outcomeOf(
  verdict: Verdict,
  index: number,
  receivedAtMs: number,
  receipts: readonly EntryToKeep['receipt'][],
): Outcome {
  if (verdict.status === 'refused') {
    const { status, problem, detail } = verdict;
    return detail === undefined ? { status, problem } : { status, problem, detail };
  }
  if (verdict.status === 'received') {
    return { status: 'received', receivedAtMs, receipt: receipts[index] ?? null };
  }
  const { first } = verdict;
  if ('index' in first) {
    return { status: 'repeated', receivedAtMs, receipt: receipts[first.index] ?? null };
  }
  const { receivedAtMs: firstAtMs, receipt } = first;
  return { status: 'repeated', receivedAtMs: firstAtMs, receipt };
}
