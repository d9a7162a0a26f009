import type { PushResult } from '../../src-shared/api-contract.js';
import type { ApiClient } from '../api/index.js';
import type { EntrySigner, Proofs } from '../ledger/index.js';
import type { SessionAccess } from '../session/index.js';
import type { Store } from '../store/index.js';
import type { BatchSize } from './batch-size.js';
import { believed, looksTaken, type Answered } from './believe.js';
import { nextBatch, type PreparedBatch } from './next-batch.js';
import {
  DONE,
  NOT_SAVED,
  NOT_UNDERSTOOD,
  NOT_WANTED,
  stepOutcomeOf,
  type StepOutcome,
} from './outcome.js';
import type { Parcel } from './parcel.js';
import { settleBatchTaken, settleRefused, settleTaken } from './settle.js';

/** What sending needs. */
export interface PushParts {
  readonly store: Store;
  readonly api: ApiClient;
  readonly proofs: Proofs;
  readonly batchSize: BatchSize;
  readonly signerOf: (service: string) => EntrySigner | null;
  /** Whether the same account is still signed in. */
  readonly stillWanted: () => boolean;
  /** Told which entries are on their way at the moment. */
  readonly onSending: (ids: readonly string[]) => void;
  /** Told of a time that the server has signed, milliseconds since 1970; fresh: it cannot be older than this very call. */
  readonly onProvenTime: (serverMs: number, fresh: boolean) => void;
  /** The server has another decision at a place of this device's chain, as after a restored backup. */
  readonly onFork: (service: string) => void;
}

/** The server says that a place of the chain is taken or missing; it may itself have been put back from a copy. */
export const DISPLACED = { kind: 'displaced' } as const;

/**
 * Sends what waits, in the order in which it was said, until nothing does. A decision leaves the outbox only with an
 * answer for that very decision; the id makes a repeat harmless. While the service works on one request the answer to the one
 * before is checked and noted, and the next is made ready.
 * @param isFork whether a place that the server refuses proves a fork, because what it has was looked at before.
 */
export async function push(
  parts: PushParts,
  service: string,
  access: SessionAccess,
  isFork: boolean,
): Promise<StepOutcome | typeof DISPLACED> {
  const { stillWanted } = parts;
  const send = ({ parcels }: PreparedBatch): ReturnType<ApiClient['push']> => {
    parts.onSending(parcels.map(({ waiting }) => waiting.id));
    const texts = parcels.map(({ text }) => text);
    return parts.api.push(access.baseAddress, access.token, texts);
  };
  const behind = (batch: PreparedBatch | null) =>
    nextBatch(parts, service, access.accountId, batch?.parcels.at(-1)?.waiting.row ?? 0);
  const first = behind(null);
  if (!first.ok) return NOT_SAVED;
  let batch = first.value;
  let sent = batch.parcels.length > 0 ? send(batch) : null;
  try {
    while (sent) {
      const early = behind(batch);
      const answer = await sent;
      if (!stillWanted()) return NOT_WANTED;
      if (!answer.ok) {
        if (answer.error.kind === 'no-network') parts.batchSize.shrink();
        return stepOutcomeOf(answer.error);
      }
      parts.batchSize.grow();
      const isTaken = looksTaken(batch.parcels, answer.value);
      const isReady = early.ok && early.value.parcels.length > 0 && early.value.isFresh();
      const next = isReady ? early : behind(batch);
      const ready = next.ok && next.value.parcels.length > 0 ? next.value : null;
      sent = isTaken && ready ? send(ready) : null;
      const settled = await settleBatch(
        parts,
        service,
        access,
        batch.parcels,
        answer.value,
        isFork,
      );
      if (settled.kind !== 'done') {
        await sent;
        return settled;
      }
      if (!next.ok) return NOT_SAVED;
      if (!isTaken && ready) sent = send(ready);
      batch = next.value;
    }
    return DONE;
  } finally {
    parts.onSending([]);
  }
}

async function settleBatch(
  parts: PushParts,
  service: string,
  { accountId }: SessionAccess,
  batch: readonly Parcel[],
  results: readonly PushResult[],
  isFork: boolean,
): Promise<StepOutcome | typeof DISPLACED> {
  const { store } = parts;
  const checked = await believed(parts.proofs, service, batch, results);
  if (!parts.stillWanted()) return NOT_WANTED;
  if (!checked) return NOT_UNDERSTOOD;
  const { answered } = checked;
  const displaced = answered.filter(({ result }) => result.problem?.type === 'chain-fork');
  const settled = store.commit(() => {
    if (checked.batch && settleBatchTaken(store, service, accountId, checked.batch)) return;
    for (const one of answered) {
      if (one.has !== null) settleTaken(store, service, accountId, one);
      else if (isFork || !displaced.includes(one)) settleRefused(store, one);
    }
  });
  if (!settled.ok) return NOT_SAVED;
  tellProvenTimes(answered, parts.onProvenTime);
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
