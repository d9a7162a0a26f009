import {
  MAX_BODY_BYTES,
  MAX_ENTRIES_PER_REQUEST,
  type Entry,
} from '../../src-shared/api-contract.js';
import { onlyDenies } from '../../src-shared/consent/decision.js';
import type { ApiClient } from '../api/index.js';
import type { EntrySigner, Proofs } from '../ledger/index.js';
import type { SessionAccess } from '../session/index.js';
import type { Store, WaitingEntry } from '../store/index.js';
import { believed, entryOf, type Answered } from './believe.js';
import { DONE, NOT_UNDERSTOOD, NOT_WANTED, stepOutcomeOf, type StepOutcome } from './outcome.js';

interface Parts {
  readonly store: Store;
  readonly api: ApiClient;
  readonly proofs: Proofs;
  readonly signerOf: (service: string) => EntrySigner | null;
  /** Whether the same account is still signed in. */
  readonly stillWanted: () => boolean;
  /** Told of a time that the server has signed, milliseconds since 1970; fresh: it cannot be older than this very call. */
  readonly onProvenTime: (serverMs: number, fresh: boolean) => void;
  /** The server has another decision at a place of this device's chain, as after a restored backup. */
  readonly onFork: (service: string) => void;
}

/**
 * Sends what waits, in the order in which it was said, until nothing does. A decision leaves the outbox only with an
 * answer for that very decision; the id makes a repeat harmless.
 */
export async function push(
  parts: Parts,
  service: string,
  { token, baseAddress, accountId }: SessionAccess,
): Promise<StepOutcome> {
  const { store, api, stillWanted } = parts;
  for (;;) {
    const waiting = store.outbox.waiting(service, accountId, MAX_ENTRIES_PER_REQUEST);
    if (waiting.length === 0) return DONE;
    const signed = signAll(parts, service, waiting);
    if (!signed) return { kind: 'failed', problem: 'server-error', retryAfterMs: null };
    const batch = withinBody(signed.map(entryOf));
    const answer = await api.push(baseAddress, token, batch);
    if (!stillWanted()) return NOT_WANTED;
    if (!answer.ok) return stepOutcomeOf(answer.error);
    const answered = await believed(parts, service, signed.slice(0, batch.length), answer.value);
    if (!stillWanted()) return NOT_WANTED;
    if (!answered) return NOT_UNDERSTOOD;
    const settled = store.commit(() => {
      for (const one of answered) settle(store, service, accountId, one);
    });
    if (!settled.ok) return { kind: 'failed', problem: 'server-error', retryAfterMs: null };
    for (const { result, receivedAtMs } of answered) {
      if (result.problem?.type === 'chain-fork') parts.onFork(service);
      if (result.receipt && receivedAtMs !== null) {
        parts.onProvenTime(receivedAtMs, result.status === 'received');
      }
    }
  }
}

/** Signs what was said before the device's key was unlocked. Null where the disk does not take the signatures. */
function signAll(
  { store, signerOf }: Parts,
  service: string,
  waiting: readonly WaitingEntry[],
): WaitingEntry[] | null {
  const signer = signerOf(service);
  const signed = waiting.map((entry): WaitingEntry => {
    const { link } = entry;
    if (link.signature !== null || !signer) return entry;
    const signature = { kid: signer.kid, signature: signer.sign(link.entryHash) };
    return { ...entry, link: { ...link, signature } };
  });
  const fresh = signed.filter((entry, index) => entry !== waiting[index]);
  if (fresh.length === 0) return signed;
  const kept = store.commit(() => {
    for (const { id, link } of fresh) {
      if (link.signature) store.decisions.setSignature(id, link.signature);
    }
  });
  return kept.ok ? signed : null;
}

/** As many of the entries, from the first on, as fit into one request; always at least one. */
export function withinBody(entries: readonly Entry[]): Entry[] {
  const envelopeBytes = 64;
  let bytes = envelopeBytes;
  const fitting: Entry[] = [];
  for (const entry of entries) {
    bytes += new TextEncoder().encode(JSON.stringify(entry)).byteLength + 1;
    if (fitting.length > 0 && bytes > MAX_BODY_BYTES) break;
    fitting.push(entry);
  }
  return fitting;
}

function settle(
  store: Store,
  service: string,
  subject: string,
  { waiting, result, receivedAtMs, wasErased }: Answered,
): void {
  const { id, said } = waiting;
  if (result.status === 'refused' && result.problem) {
    store.outbox.markRefused(id, result.problem);
    // A grant that the server does not take stops counting at once; a refusal goes on holding here.
    if ('decision' in said && !onlyDenies(said.decision)) store.register.closeGrant(id);
  } else if (receivedAtMs !== null) {
    store.decisions.markReceived(id, receivedAtMs);
    if (result.receipt && store.decisions.receivedAtMs(id) === receivedAtMs) {
      store.receipts.put(id, service, subject, result.receipt);
    }
    if (wasErased) store.decisions.erase(id);
    store.outbox.remove(id);
  }
}
