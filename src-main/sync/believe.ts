import type { PushResult } from '../../src-shared/api-contract.js';
import type { BriefAnswer } from '../../src-shared/brief-answer.js';
import { decisionTypeOf } from '../../src-shared/ledger/entry.js';
import type { ReceiptLeaf } from '../../src-shared/ledger/receipt.js';
import type { PushAnswer } from '../api/index.js';
import { receiptsOver, type Proofs } from '../ledger/index.js';
import type { Form, Parcel } from './parcel.js';

/** An answer for one entry, with the time of receipt as signed where there is a receipt. */
export type Answered =
  | {
      readonly parcel: Parcel;
      readonly result: PushResult;
      readonly receivedAtMs: number;
      /**
       * What the server has of it now. A header for what was sent whole was erased there: this profile, put back from a copy,
       * has forgotten that. The whole for what was sent as a header had arrived before, and its answer was lost.
       */
      readonly has: Form;
    }
  | { readonly parcel: Parcel; readonly result: PushResult; readonly has: null };

/** Whether the answer is for these very entries and says no to none of them, as far as can be seen without any proof. */
export function looksTaken(batch: readonly Parcel[], answer: PushAnswer): boolean {
  return 'batch' in answer || areTaken(batch, answer.results);
}

function areTaken(batch: readonly Parcel[], results: readonly PushResult[]): boolean {
  return (
    results.length === batch.length &&
    results.every(({ id, status }, index) => {
      return status !== 'refused' && id === batch[index]?.waiting.id;
    })
  );
}

/** Entries that one answer took whole, all under one signature. */
export interface TakenBatch {
  readonly jws: string;
  readonly leaves: readonly ReceiptLeaf[];
  readonly receivedAtMs: number;
}

/** An answer that is believed. */
export interface Believed {
  /** One for each entry; made only where somebody asks. */
  readonly answered: () => readonly Answered[];
  /** Set where all was taken at once, as it was sent: then it can be noted at once too. */
  readonly batch: TakenBatch | null;
  /** Set where one and the same moment is proven for all, signed just now. */
  readonly freshAtMs: number | null;
}

type Believer = Pick<Proofs, 'receivedAs' | 'batchReceivedAt'>;

/**
 * An answer in few words, if its signature is one over exactly these entries as they were sent; else null. What it leaves out
 * follows from them.
 */
export async function believedInBrief(
  proofs: Pick<Proofs, 'treeReceivedAt'>,
  service: string,
  batch: readonly Parcel[],
  { batch: { jws } }: BriefAnswer,
): Promise<Believed | null> {
  const leaves = batch.map(leafOf);
  const receivedAt = await proofs.treeReceivedAt(service, leaves, jws);
  if (receivedAt === null) return null;
  const receivedAtMs = Date.parse(receivedAt);
  return {
    batch: batchTaken(leaves, jws, receivedAtMs),
    freshAtMs: receivedAtMs,
    answered: () =>
      receiptsOver(leaves, jws).flatMap((receipt, index) => {
        const parcel = batch[index];
        const result = { id: receipt.leaf.id, status: 'received' as const, receivedAt, receipt };
        return parcel ? [{ parcel, result, receivedAtMs, has: parcel.form }] : [];
      }),
  };
}

/** The answers, if they are for these very entries and every receipt among them checks; else null. */
export async function believed(
  proofs: Believer,
  service: string,
  batch: readonly Parcel[],
  results: readonly PushResult[],
): Promise<Believed | null> {
  if (results.length !== batch.length) return null;
  const atOnce = await believedAtOnce(proofs, service, batch, results);
  if (atOnce) return atOnce;
  const answered: Answered[] = [];
  for (const [index, parcel] of batch.entries()) {
    const result = results[index];
    if (result?.id !== parcel.waiting.id) return null;
    if (result.status === 'refused') {
      if (!result.problem) return null;
      answered.push({ parcel, result, has: null });
      continue;
    }
    const taken = await takenAs(proofs, service, parcel, result);
    if (!taken) return null;
    answered.push({ parcel, result, ...taken });
  }
  return { answered: () => answered, batch: null, freshAtMs: null };
}

/** The plain case: everything was taken as it was sent, in one batch of the server's own. */
async function believedAtOnce(
  proofs: Believer,
  service: string,
  batch: readonly Parcel[],
  results: readonly PushResult[],
): Promise<Believed | null> {
  const receipts = results.flatMap(({ status, receipt }) =>
    status !== 'refused' && receipt ? [receipt] : [],
  );
  const [first] = receipts;
  if (!first || receipts.length !== batch.length || !areTaken(batch, results)) return null;
  const leaves = batch.map(leafOf);
  const at = await proofs.batchReceivedAt(service, leaves, receipts);
  if (at === null) return null;
  const receivedAtMs = Date.parse(at);
  const answered = (): Answered[] =>
    batch.flatMap((parcel, index) => {
      const result = results[index];
      return result ? [{ parcel, result, receivedAtMs, has: parcel.form }] : [];
    });
  return { answered, batch: batchTaken(leaves, first.jws, receivedAtMs), freshAtMs: null };
}

/** Null where headers are among them, which say less than what is kept here. */
function batchTaken(
  leaves: readonly ReceiptLeaf[],
  jws: string,
  receivedAtMs: number,
): TakenBatch | null {
  const isWhole = leaves.length > 1 && leaves.every(({ type }) => type !== 'header');
  return isWhole ? { jws, leaves, receivedAtMs } : null;
}

/** What the receipt of an entry says that was taken as it was sent. */
function leafOf({ waiting: { id, said, link }, form }: Parcel): ReceiptLeaf {
  const isWhole = form === 'whole' && 'decision' in said;
  return {
    id,
    entryHash: link.entryHash,
    type: isWhole ? decisionTypeOf(said.decision) : 'header',
    signed: link.signature !== null,
  };
}

async function takenAs(
  proofs: Believer,
  service: string,
  { waiting, form }: Parcel,
  { receipt, receivedAt }: PushResult,
): Promise<{ readonly receivedAtMs: number; readonly has: Form } | null> {
  if (!receipt) {
    return receivedAt === undefined ? null : { receivedAtMs: Date.parse(receivedAt), has: form };
  }
  const { id, said, link } = waiting;
  const signed = link.signature !== null;
  const proven = await proofs.receivedAs(
    service,
    { id, entryHash: link.entryHash, signed },
    receipt,
  );
  if (!proven) return null;
  const receivedAtMs = Date.parse(proven.at);
  if (proven.type === 'header') return { receivedAtMs, has: form === 'held' ? 'held' : 'header' };
  // A receipt that calls a refusal a consent is about something else.
  if ('decision' in said && proven.type !== decisionTypeOf(said.decision)) return null;
  return { receivedAtMs, has: 'whole' };
}
