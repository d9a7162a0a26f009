import { failed, ok, type Result } from '../../src-shared/result.js';
import type { PushResult } from '../../src-shared/api-contract.js';
import type { ApiClient } from '../api/index.js';
import type { EntrySigner, Proofs } from '../ledger/index.js';
import type { SessionAccess } from '../session/index.js';
import type { Store, WaitingEntry } from '../store/index.js';
import type { BatchSize } from './batch-size.js';
import { believed, looksTaken, type Answered } from './believe.js';
import {
  DONE,
  NOT_SAVED,
  NOT_UNDERSTOOD,
  NOT_WANTED,
  stepOutcomeOf,
  type StepOutcome,
} from './outcome.js';
import { countFitting, parcelOf, type Parcel } from './parcel.js';
import { settleRefused, settleTaken } from './settle.js';
import { signedBy } from './without-token.js';

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
 * answer for that very decision; the id makes a repeat harmless. While one answer is checked and noted, the next request is
 * on its way already.
 * @param isFork whether a place that the server refuses proves a fork, because what it has was looked at before.
 */
export async function push(
  parts: PushParts,
  service: string,
  access: SessionAccess,
  isFork: boolean,
): Promise<StepOutcome | typeof DISPLACED> {
  const { stillWanted } = parts;
  const send = (batch: readonly Parcel[]): ReturnType<ApiClient['push']> => {
    parts.onSending(batch.map(({ waiting }) => waiting.id));
    const texts = batch.map(({ text }) => text);
    return parts.api.push(access.baseAddress, access.token, texts);
  };
  let batch = nextBatch(parts, service, access.accountId, 0);
  let sent = batch.ok && batch.value.length > 0 ? send(batch.value) : null;
  try {
    for (;;) {
      if (!batch.ok) return NOT_SAVED;
      if (!sent) return DONE;
      const answer = await sent;
      if (!stillWanted()) return NOT_WANTED;
      if (!answer.ok) {
        if (answer.error.kind === 'no-network') parts.batchSize.shrink();
        return stepOutcomeOf(answer.error);
      }
      parts.batchSize.grow();
      const isTaken = looksTaken(batch.value, answer.value);
      const next = nextBatch(parts, service, access.accountId, batch.value.at(-1)?.waiting.row);
      const hasNext = next.ok && next.value.length > 0;
      sent = isTaken && hasNext ? send(next.value) : null;
      const settled = await settleBatch(parts, service, access, batch.value, answer.value, isFork);
      if (settled.kind !== 'done') {
        await sent;
        return settled;
      }
      if (!isTaken && hasNext) sent = send(next.value);
      batch = next;
    }
  } finally {
    parts.onSending([]);
  }
}

/** The next entries behind a place, signed and packed, as many as one request takes; fails where the disk does not take the signatures. */
function nextBatch(
  { store, signerOf, batchSize }: PushParts,
  service: string,
  subject: string,
  after = 0,
): Result<Parcel[], 'not-saved'> {
  const limits = batchSize.limits();
  const waiting = store.outbox.waiting(service, subject, limits.entries, after);
  const signed = keepSignatures(store, waiting, signerOf(service));
  if (!signed) return failed('not-saved');
  const parcels = signed.map((entry) => parcelOf(entry, 'whole'));
  const count = countFitting(
    parcels.map(({ text }) => text),
    limits,
  );
  return ok(parcels.slice(0, count));
}

/** Signs what was said before the device's key was unlocked, and anew what an older key had signed: a service put back from a copy may not know that one. */
export function keepSignatures(
  store: Store,
  waiting: readonly WaitingEntry[],
  signer: EntrySigner | null,
): WaitingEntry[] | null {
  const signed = signedBy(signer, waiting, (kid) => kid === signer?.kid);
  const fresh = signed.filter((entry, index) => entry !== waiting[index]);
  if (fresh.length === 0) return signed;
  const kept = store.commit(() => {
    for (const { id, link } of fresh) {
      if (link.signature) store.decisions.setSignature(id, link.signature);
    }
  });
  return kept.ok ? signed : null;
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
  const answered = await believed(parts.proofs, service, batch, results);
  if (!parts.stillWanted()) return NOT_WANTED;
  if (!answered) return NOT_UNDERSTOOD;
  const displaced = answered.filter(({ result }) => result.problem?.type === 'chain-fork');
  const settled = store.commit(() => {
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
