import type { PushAnswer } from '../api/index.js';
import type { SessionAccess } from '../session/index.js';
import { believed, believedInBrief, type Answered } from './believe.js';
import { DONE, NOT_SAVED, NOT_UNDERSTOOD, NOT_WANTED, type StepOutcome } from './outcome.js';
import type { Parcel } from './parcel.js';
import type { PushParts } from './push.js';
import { settleBatchTaken, settleRefused, settleTaken } from './settle.js';

/** The server says that a place of the chain is taken or missing; it may itself have been put back from a copy. */
export const DISPLACED = { kind: 'displaced' } as const;

/**
 * Checks one answer and notes it, in one commit.
 * @param isFork whether a place that the server refuses proves a fork.
 */
export async function settleBatch(
  parts: PushParts,
  service: string,
  { accountId }: SessionAccess,
  batch: readonly Parcel[],
  answer: PushAnswer,
  isFork: boolean,
): Promise<StepOutcome | typeof DISPLACED> {
  const { store, proofs } = parts;
  const checked = await ('batch' in answer
    ? believedInBrief(proofs, service, batch, answer)
    : believed(proofs, service, batch, answer.results));
  if (!parts.stillWanted()) return NOT_WANTED;
  if (!checked) return NOT_UNDERSTOOD;
  const displaced = checked.batch
    ? []
    : checked.answered().filter(({ result }) => result.problem?.type === 'chain-fork');
  const settled = store.commit(() => {
    if (checked.batch && settleBatchTaken(store, service, accountId, checked.batch)) return;
    for (const one of checked.answered()) {
      if (one.has !== null) settleTaken(store, service, accountId, one);
      else if (isFork || !displaced.includes(one)) settleRefused(store, one);
    }
  });
  if (!settled.ok) return NOT_SAVED;
  if (checked.freshAtMs === null) tellProvenTimes(checked.answered(), parts.onProvenTime);
  else parts.onProvenTime(checked.freshAtMs, true);
  if (displaced.length === 0) return DONE;
  if (isFork) parts.onFork(service);
  return isFork ? DONE : DISPLACED;
}

/** Tells what was proven about the time, once for each answer of the server. */
export function tellProvenTimes(
  answered: readonly Answered[],
  onProvenTime: PushParts['onProvenTime'],
): void {
  const told = new Set<string>();
  for (const { result, ...one } of answered) {
    if (one.has === null || !result.receipt) continue;
    const isFresh = result.status === 'received';
    const key = `${one.receivedAtMs} ${isFresh}`;
    if (!told.has(key)) onProvenTime(one.receivedAtMs, isFresh);
    told.add(key);
  }
}
