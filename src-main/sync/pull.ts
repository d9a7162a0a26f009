import type { PulledEntry } from '../../src-shared/api-contract.js';
import { NotCanonicalError } from '../../src-shared/ledger/canonical.js';
import type { ApiClient, ApiFailure } from '../api/index.js';
import type { ProvenEntry, Proofs } from '../ledger/index.js';
import type { SessionAccess } from '../session/index.js';
import type { Store } from '../store/index.js';
import { DONE, NOT_UNDERSTOOD, NOT_WANTED, stepOutcomeOf, type StepOutcome } from './outcome.js';

interface Parts {
  readonly store: Store;
  readonly api: ApiClient;
  readonly proofs: Proofs;
  readonly stillWanted: () => boolean;
  /** Told after decisions from elsewhere came in. */
  readonly onNews: () => void;
}

/** Fetches what the account decided elsewhere. Entries and the cursor that follows them are kept as one transaction. */
export async function pull(
  { store, api, proofs, stillWanted, onNews }: Parts,
  service: string,
  { token, baseAddress, accountId }: SessionAccess,
): Promise<StepOutcome> {
  let startedOver = false;
  for (;;) {
    const before = store.sessions.get(service)?.pullCursor ?? '';
    const answer = await api.pull(baseAddress, token, before);
    if (!stillWanted()) return NOT_WANTED;
    if (!answer.ok && hasExpired(answer.error) && before !== '' && !startedOver) {
      // The server no longer knows this place; what is known already is recognised by its id. Once in a run: a server that
      // does not know the places it has just given out would be asked for ever.
      startedOver = true;
      const reset = store.commit(() => {
        store.sessions.change(service, { pullCursor: '' });
      });
      if (reset.ok) continue;
    }
    if (!answer.ok) return stepOutcomeOf(answer.error);
    const { entries, keys, cursor, more } = answer.value;
    const foreign = entries.some(
      (entry) =>
        'decision' in entry &&
        (entry.decision.subject !== accountId || entry.decision.service !== service),
    );
    // A server that mixes accounts, or turns in circles, is not believed at all.
    if (foreign || (more && cursor === before)) return NOT_UNDERSTOOD;
    const proven = await proveAll(proofs, service, entries, keys);
    if (!stillWanted()) return NOT_WANTED;
    if (!proven) return NOT_UNDERSTOOD;
    const kept = store.commit(() => {
      for (const key of keys) store.publicKeys.putDeviceKey(service, accountId, key);
      const fresh = proven.filter(([entry, proof]) =>
        keep(store, service, accountId, entry, proof),
      );
      store.sessions.change(service, { pullCursor: cursor, ...(more ? {} : { pulled: true }) });
      return fresh.length;
    });
    if (!kept.ok) return { kind: 'failed', problem: 'server-error', retryAfterMs: null };
    if (kept.value > 0 || !more) onNews();
    if (!more) return DONE;
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
  const id = 'decision' in entry ? entry.decision.id : entry.id;
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
