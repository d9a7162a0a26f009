import type { ApiClient } from '../api/index.js';
import type { Store } from '../store/index.js';
import { DONE, NOT_WANTED, stepOutcomeOf, type StepOutcome } from './outcome.js';

interface Parts {
  readonly store: Pick<Store, 'publicKeys' | 'commit'>;
  readonly api: Pick<ApiClient, 'serverKeys'>;
  readonly stillWanted: () => boolean;
}

/**
 * Fetches the keys that a server signs its receipts with and keeps them for good: an old receipt needs its old key. A
 * server that publishes none (404) gives no receipts, and then none is believed.
 */
export async function pullServerKeys(
  { store, api, stillWanted }: Parts,
  service: string,
  baseAddress: string,
): Promise<StepOutcome> {
  const answer = await api.serverKeys(baseAddress);
  if (!stillWanted()) return NOT_WANTED;
  if (!answer.ok) return answer.error.kind === 'no-service' ? DONE : stepOutcomeOf(answer.error);
  const known = new Set(store.publicKeys.serverKeys(service).map(({ kid }) => kid));
  const fresh = answer.value.filter(({ kid }) => !known.has(kid));
  if (fresh.length === 0) return DONE;
  const kept = store.commit(() => {
    for (const key of fresh) store.publicKeys.putServerKey(service, key);
  });
  return kept.ok ? DONE : { kind: 'failed', problem: 'server-error', retryAfterMs: null };
}
