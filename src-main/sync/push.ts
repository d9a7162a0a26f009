import {
  MAX_BODY_BYTES,
  MAX_ENTRIES_PER_REQUEST,
  type PushResult,
} from '../../src-shared/api-contract.js';
import { onlyDenies, type Decision } from '../../src-shared/consent/decision.js';
import type { ApiClient } from '../api/index.js';
import type { SessionAccess } from '../session/index.js';
import type { Store } from '../store/index.js';
import { DONE, NOT_UNDERSTOOD, NOT_WANTED, stepOutcomeOf, type StepOutcome } from './outcome.js';

interface Parts {
  readonly store: Store;
  readonly api: ApiClient;
  /** Whether the same account is still signed in. */
  readonly stillWanted: () => boolean;
}

/**
 * Sends what waits, in the order in which it was said, until nothing does. A decision leaves the outbox only with an
 * answer for that very decision; the id makes a repeat harmless.
 */
export async function push(
  { store, api, stillWanted }: Parts,
  service: string,
  { token, baseAddress, accountId }: SessionAccess,
): Promise<StepOutcome> {
  for (;;) {
    const waiting = store.outbox.waiting(service, accountId, MAX_ENTRIES_PER_REQUEST);
    const batch = withinBody(waiting);
    if (batch.length === 0) return DONE;
    const answer = await api.push(baseAddress, token, batch);
    if (!stillWanted()) return NOT_WANTED;
    if (!answer.ok) return stepOutcomeOf(answer.error);
    if (!answersFor(batch, answer.value)) return NOT_UNDERSTOOD;
    const settled = store.commit(() => {
      batch.forEach((decision, index) => {
        settle(store, decision, answer.value[index]);
      });
    });
    if (!settled.ok) return { kind: 'failed', problem: 'server-error', retryAfterMs: null };
  }
}

/** As many of the decisions, from the first on, as fit into one request; always at least one. */
export function withinBody(decisions: readonly Decision[]): Decision[] {
  const envelopeBytes = 64;
  let bytes = envelopeBytes;
  const fitting: Decision[] = [];
  for (const decision of decisions) {
    bytes += new TextEncoder().encode(JSON.stringify({ decision })).byteLength + 1;
    if (fitting.length > 0 && bytes > MAX_BODY_BYTES) break;
    fitting.push(decision);
  }
  return fitting;
}

function answersFor(batch: readonly Decision[], results: readonly PushResult[]): boolean {
  return (
    results.length === batch.length &&
    batch.every((decision, index) => {
      const result = results[index];
      if (result?.id !== decision.id) return false;
      return result.status === 'refused'
        ? result.problem !== undefined
        : result.receivedAt !== undefined;
    })
  );
}

function settle(store: Store, decision: Decision, result: PushResult | undefined): void {
  if (result?.status === 'refused' && result.problem) {
    store.outbox.markRefused(decision.id, result.problem);
    // A grant that the server does not take stops counting at once; a refusal goes on holding here.
    if (!onlyDenies(decision)) store.register.restGrant(decision.id);
  } else if (result?.receivedAt !== undefined) {
    store.decisions.markReceived(decision.id, Date.parse(result.receivedAt));
    store.outbox.remove(decision.id);
  }
}
