import type { ApiClient, ApiFailure } from '../api/index.js';
import type { Proofs } from '../ledger/index.js';
import type { SessionAccess } from '../session/index.js';
import type { Store } from '../store/index.js';
import type { BatchSize } from './batch-size.js';
import { idOf, keepPulled } from './keep-pulled.js';
import {
  DONE,
  NOT_SAVED,
  NOT_UNDERSTOOD,
  NOT_WANTED,
  stepOutcomeOf,
  type StepOutcome,
} from './outcome.js';
import { isSettled, proveAll } from './prove-pulled.js';
import { noteSeen, readFromStart, type ReadingMemory } from './reading.js';

interface Parts {
  readonly store: Store;
  readonly api: Pick<ApiClient, 'pull'>;
  readonly proofs: Proofs;
  readonly batchSize: BatchSize;
  readonly stillWanted: () => boolean;
  /** Told after decisions from elsewhere came in. */
  readonly onNews: () => void;
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
    if (reading) noteSeen(reading, entries, by.device);
    const kept = store.commit(() => {
      for (const key of keys) store.publicKeys.putDeviceKey(service, accountId, key);
      const kept = proven.filter((one) => keepPulled(store, service, accountId, one));
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

function hasExpired(failure: ApiFailure): boolean {
  return failure.kind === 'problem' && failure.problem.type === 'cursor-expired';
}
