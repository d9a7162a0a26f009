import { setImmediate } from 'node:timers/promises';
import type { ApiClient } from '../api/index.js';
import type { EntrySigner, Proofs } from '../ledger/index.js';
import type { SessionAccess } from '../session/index.js';
import type { Store } from '../store/index.js';
import type { BatchSize } from './batch-size.js';
import { looksTaken } from './believe.js';
import { nextBatch, type PreparedBatch } from './next-batch.js';
import { DONE, NOT_SAVED, NOT_WANTED, stepOutcomeOf, type StepOutcome } from './outcome.js';
import { settleBatch, type DISPLACED } from './settle-batch.js';

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

/** A request on its way, and what follows it. */
interface Flight {
  readonly batch: PreparedBatch;
  readonly answer: ReturnType<ApiClient['push']>;
  /** What comes behind it, once that is ready. */
  next: ReturnType<typeof nextBatch> | null;
  /** The request with that, once it is on its way too. */
  follower: Flight | null;
}

/**
 * Sends what waits, in the order in which it was said, until nothing does. A decision leaves the outbox only with an
 * answer for that very decision; the id makes a repeat harmless. While the service works on one request the answer to the one
 * before is checked and noted, and the next is made ready; that goes as soon as an answer begins, because then the service is
 * done with everything before it.
 * @param isFork whether a place that the server refuses proves a fork, because what it has was looked at before. Then each
 *   answer is read to its end before anything more is sent, so that no service can take the one for the other.
 */
export async function push(
  parts: PushParts,
  service: string,
  access: SessionAccess,
  isFork: boolean,
): Promise<StepOutcome | typeof DISPLACED> {
  const { stillWanted, batchSize } = parts;
  const behind = (batch: PreparedBatch | null) =>
    nextBatch(parts, service, access.accountId, batch?.parcels.at(-1)?.waiting.row ?? 0);
  let latest: Flight | null = null;
  const send = (batch: PreparedBatch): Flight => {
    const onHead = (): void => {
      const next = isFork || !stillWanted() ? null : freshIn(flight.next);
      if (next) flight.follower = send(next);
    };
    const { parcels, packed } = batch;
    const { baseAddress, token } = access;
    const answer = parts.api.push(baseAddress, token, packed, parcels.length > 1, onHead);
    const flight: Flight = { batch, answer, next: null, follower: null };
    latest = flight;
    return flight;
  };
  const first = behind(null);
  if (!first.ok) return NOT_SAVED;
  let flight = first.value.parcels.length > 0 ? send(first.value) : null;
  try {
    while (flight) {
      const { batch } = flight;
      await outOfTheWay();
      parts.onSending(batch.parcels.map(({ waiting }) => waiting.id));
      flight.next = behind(batch);
      const answer = await flight.answer;
      if (!stillWanted()) return NOT_WANTED;
      if (!answer.ok) {
        if (answer.error.kind === 'no-network') batchSize.shrink();
        return stepOutcomeOf(answer.error);
      }
      batchSize.grow();
      const next = flight.follower || freshIn(flight.next) ? flight.next : behind(batch);
      const ready = next.ok && next.value.parcels.length > 0 ? next.value : null;
      if (ready && looksTaken(batch.parcels, answer.value)) flight.follower ??= send(ready);
      if (flight.follower) await outOfTheWay();
      const settled = await settleBatch(
        parts,
        service,
        access,
        batch.parcels,
        answer.value,
        isFork,
      );
      if (settled.kind !== 'done') return settled;
      if (!next.ok) return NOT_SAVED;
      flight = flight.follower ?? (ready ? send(ready) : null);
    }
    return DONE;
  } finally {
    // One run at a time: what went ahead comes to its end, whatever is made of it.
    await (latest as Flight | null)?.answer;
    parts.onSending([]);
  }
}

/** The next entries, where there are any that may go just as they were packed. */
function freshIn(next: Flight['next']): PreparedBatch | null {
  return next?.ok && next.value.parcels.length > 0 && next.value.isFresh() ? next.value : null;
}

/** Turns of the event loop in which a request gets onto the line: what is done next keeps it for a while. */
const TURNS = 3;

async function outOfTheWay(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
}
