import type { Entry, PushResult } from '../../src-shared/api-contract.js';
import { remainsOf } from '../../src-shared/ledger/entry.js';
import type { Receipt } from '../../src-shared/ledger/receipt.js';
import type { Proofs } from '../ledger/index.js';
import type { WaitingEntry } from '../store/index.js';

interface Parts {
  readonly proofs: Proofs;
}

/** An answer for one entry, with the time of receipt as signed where there is a receipt. */
export interface Answered {
  readonly waiting: WaitingEntry;
  readonly result: PushResult;
  readonly receivedAtMs: number | null;
  /** The person had it erased before, and this profile, put back from a copy, has forgotten. */
  readonly wasErased: boolean;
}

/** An entry as it travels. */
export function entryOf({ said, link }: WaitingEntry): Entry {
  const { chain, prev, payloadHash, entryHash, signature } = link;
  const place = { chain, prev, entryHash, ...signature };
  if ('decision' in said) return { ...said, ...place };
  const { id, purposes, supersedes } = said.remains;
  return { id, seq: said.seq, payloadHash, purposes: [...purposes], supersedes, ...place };
}

/** The answers, if they are for these very entries and every receipt among them checks; else null. */
export async function believed(
  parts: Parts,
  service: string,
  batch: readonly WaitingEntry[],
  results: readonly PushResult[],
): Promise<Answered[] | null> {
  const { proofs } = parts;
  if (results.length !== batch.length) return null;
  const answered: Answered[] = [];
  for (const [index, waiting] of batch.entries()) {
    const result = results[index];
    if (result?.id !== waiting.id) return null;
    if (result.status === 'refused') {
      if (!result.problem) return null;
      answered.push({ waiting, result, receivedAtMs: null, wasErased: false });
      continue;
    }
    const { receipt, receivedAt } = result;
    const entry = entryOf(waiting);
    const at = receipt ? await proofs.receivedAt(service, entry, receipt) : receivedAt;
    const erasedAt =
      at == null && receipt ? await erasedThere(parts, service, waiting, receipt) : null;
    const taken = at ?? erasedAt;
    if (taken == null) return null;
    answered.push({
      waiting,
      result,
      receivedAtMs: Date.parse(taken),
      wasErased: erasedAt !== null,
    });
  }
  return answered;
}

/** When the server took the header of a decision that it no longer has whole; null where it says nothing of the kind. */
async function erasedThere(
  { proofs }: Parts,
  service: string,
  { said, link }: WaitingEntry,
  receipt: Receipt,
): Promise<string | null> {
  if (!('decision' in said)) return null;
  const { decision } = said;
  const header = { said: { remains: remainsOf(decision), seq: decision.seq }, link };
  return proofs.receivedAt(service, entryOf({ id: decision.id, ...header }), receipt);
}
