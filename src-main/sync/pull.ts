import type { PulledEntry } from '../../src-shared/api-contract.js';
import { NotCanonicalError } from '../../src-shared/ledger/canonical.js';
import type { ApiClient, ApiFailure } from '../api/index.js';
import type { ProvenEntry, Proofs } from '../ledger/index.js';
import type { SessionAccess } from '../session/index.js';
import type { Seen, Store } from '../store/index.js';
import type { BatchSize } from './batch-size.js';
import {
  DONE,
  NOT_SAVED,
  NOT_UNDERSTOOD,
  NOT_WANTED,
  stepOutcomeOf,
  type StepOutcome,
} from './outcome.js';

interface Parts {
  readonly store: Store;
  readonly api: Pick<ApiClient, 'pull'>;
  readonly proofs: Proofs;
  readonly batchSize: BatchSize;
  readonly stillWanted: () => boolean;
  /** Told after decisions from elsewhere came in. */
  readonly onNews: () => void;
}

/** A reading of everything the server has of an account, from the start; it may take several runs. */
export interface Reading {
  readonly accountId: string;
  cursor: string;
  /** What the server showed so far and this device may have sent. */
  readonly seen: Map<string, Seen>;
}

/** What the engine remembers of the reading under way. */
export interface ReadingMemory {
  reading: Reading | null;
}

/** Forgets how far this account was read: the next pull begins with the first entry. */
export function readFromStart(memory: ReadingMemory, accountId: string): void {
  memory.reading = { accountId, cursor: '', seen: new Map() };
}

/**
 * Fetches what the account decided elsewhere. Entries and the cursor that follows them are kept as one transaction; while
 * everything is read from the start, the cursor is kept at the end alone, so that a crash begins it again. At the end the
 * server has shown all that it has, and what it had taken from this device and does not show is put back into the outbox.
 * @returns also how many entries were put back.
 */
export async function pull(
  parts: Parts,
  service: string,
  { token, baseAddress, accountId }: SessionAccess,
  memory: ReadingMemory,
): Promise<{ readonly outcome: StepOutcome; readonly putBack: number }> {
  const { store, api, proofs, batchSize, stillWanted, onNews } = parts;
  const ends = (outcome: StepOutcome, putBack = 0) => ({ outcome, putBack });
  let startedOver = false;
  for (;;) {
    const known = store.sessions.get(service)?.pullCursor ?? '';
    if (memory.reading?.accountId !== accountId) memory.reading = null;
    if (known === '' && !memory.reading) readFromStart(memory, accountId);
    const { reading } = memory;
    const before = reading?.cursor ?? known;
    const answer = await api.pull(baseAddress, token, before, batchSize.pageLimit());
    if (!stillWanted()) return ends(NOT_WANTED);
    if (!answer.ok && hasExpired(answer.error) && before !== '' && !startedOver) {
      // The server no longer knows this place; what is known already is recognised by its id. Once in a run: a server that
      // does not know the places it has just given out would be asked for ever.
      startedOver = true;
      readFromStart(memory, accountId);
      const reset = store.commit(() => {
        store.sessions.change(service, { pullCursor: '' });
      });
      if (reset.ok) continue;
    }
    if (!answer.ok) {
      if (answer.error.kind === 'no-network') batchSize.shrink();
      return ends(stepOutcomeOf(answer.error));
    }
    batchSize.grow();
    const { entries, keys, cursor, more } = answer.value;
    const foreign = entries.some(
      (entry) =>
        'decision' in entry &&
        (entry.decision.subject !== accountId || entry.decision.service !== service),
    );
    // A server that mixes accounts, or turns in circles, is not believed at all.
    if (foreign || (more && cursor === before)) return ends(NOT_UNDERSTOOD);
    const fresh = entries.filter((entry) => !isSettled(store, entry));
    const proven = await proveAll(proofs, service, fresh, keys);
    if (!stillWanted()) return ends(NOT_WANTED);
    if (!proven) return ends(NOT_UNDERSTOOD);
    const by = { service, subject: accountId, device: store.meta.deviceId(service) };
    if (reading) noteSeen(reading.seen, entries, by.device);
    const kept = store.commit(() => {
      for (const key of keys) store.publicKeys.putDeviceKey(service, accountId, key);
      const kept = proven.filter(([entry, proof]) => keep(store, service, accountId, entry, proof));
      const before = store.sessions.get(service)?.seenRow ?? 0;
      const seenRow = Math.max(before, store.putBack.newestRow(entries.map(idOf)));
      store.sessions.change(service, {
        ...(reading && more ? {} : { pullCursor: cursor }),
        ...(more ? {} : { pulled: true }),
        seenRow,
      });
      const lost = (): number =>
        reading ? store.putBack.all(by, reading.seen) : store.putBack.behind(by, seenRow);
      return { fresh: kept.length, putBack: more ? 0 : lost() };
    });
    if (!kept.ok) return ends(NOT_SAVED);
    if (reading) reading.cursor = cursor;
    if (!more) memory.reading = null;
    if (kept.value.fresh > 0 || !more) onNews();
    if (!more) return ends(DONE, kept.value.putBack);
  }
}

/** What this device has sent comes back to it, and there is nothing about it to be checked once more. */
function isSettled(store: Store, entry: PulledEntry): boolean {
  const isWhole = 'decision' in entry && 'entryHash' in entry;
  return isWhole && store.decisions.isSettled(entry.decision.id, entry.entryHash);
}

function idOf(entry: PulledEntry): string {
  return 'decision' in entry ? entry.decision.id : entry.id;
}

/** Headers say nothing about whose they are. */
function noteSeen(seen: Map<string, Seen>, entries: readonly PulledEntry[], device: string): void {
  for (const entry of entries) {
    if (!('decision' in entry)) seen.set(entry.id, 'header');
    else if (entry.decision.device === device) seen.set(entry.decision.id, 'whole');
  }
}

function hasExpired(failure: ApiFailure): boolean {
  return failure.kind === 'problem' && failure.problem.type === 'cursor-expired';
}

/** What is proven of each entry; null where one of them is no entry at all. */
async function proveAll(
  proofs: Proofs,
  service: string,
  entries: readonly PulledEntry[],
  keys: Parameters<Proofs['prove']>[2],
): Promise<(readonly [PulledEntry, ProvenEntry])[] | null> {
  const proven: (readonly [PulledEntry, ProvenEntry])[] = [];
  for (const entry of entries) {
    try {
      const proof = await proofs.prove(service, entry, keys);
      // A header is nothing but its place in a chain.
      if (!('decision' in entry) && !proof.link) return null;
      proven.push([entry, proof]);
    } catch (error) {
      if (error instanceof NotCanonicalError) return null;
      throw error;
    }
  }
  return proven;
}

/** @returns whether it was new. */
function keep(
  store: Store,
  service: string,
  subject: string,
  entry: PulledEntry,
  { jcs, link, salt, receipt, receivedAt, isProven }: ProvenEntry,
): boolean {
  const receivedAtMs = Date.parse(receivedAt);
  const id = idOf(entry);
  let isNew = false;
  if ('decision' in entry) {
    const { decision } = entry;
    isNew = store.decisions.add({
      decision,
      jcs: jcs ?? '',
      ledger: link && salt !== null ? { salt, link } : null,
      receivedAtMs,
      madeHere: false,
      ours: decision.device === store.meta.deviceId(service),
      proven: isProven,
    });
  } else if (link) {
    const { purposes, supersedes, seq } = entry;
    const remains = { id, purposes, supersedes };
    isNew = store.decisions.addRemains({ remains, service, subject, seq, link, receivedAtMs });
  }
  // An earlier word about the time of receipt stands, and a receipt that says another proves nothing about this row.
  if (receipt && store.decisions.receivedAtMs(id) === receivedAtMs) {
    store.receipts.put(id, service, subject, receipt);
  }
  return isNew;
}
