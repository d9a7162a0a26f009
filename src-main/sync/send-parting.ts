import type { PushResult } from '../../src-shared/api-contract.js';
import { packEntries, type ApiClient } from '../api/index.js';
import type { Proofs } from '../ledger/index.js';
import type { PartingEntry, Store } from '../store/index.js';
import type { BatchSize } from './batch-size.js';
import { DONE, NOT_SAVED, NOT_UNDERSTOOD, type StepOutcome } from './outcome.js';
import { countFitting } from './parcel.js';
import { withoutTokenOutcome } from './push-without-token.js';

interface Parts {
  readonly store: Pick<Store, 'parting' | 'commit' | 'isOpen'>;
  readonly api: Pick<ApiClient, 'pushWithoutToken'>;
  readonly proofs: Pick<Proofs, 'receivedAs'>;
  readonly batchSize: BatchSize;
}

/**
 * Sends what signed-out accounts had refused, without a token. An entry goes when the service has answered for it in the proper
 * form, whatever it answered: nobody is left here who could say it otherwise.
 */
export async function sendParting(parts: Parts, service: string): Promise<StepOutcome> {
  const { store, api, batchSize } = parts;
  for (;;) {
    const limits = batchSize.limits();
    const oldest = store.parting.oldest(service, limits.entries);
    const [first] = oldest;
    if (!first) return DONE;
    const bodies = oldest.map(({ body }) => body);
    const batch = oldest.slice(0, countFitting(bodies, limits));
    const answer = await api.pushWithoutToken(
      first.baseAddress,
      packEntries(bodies.slice(0, batch.length)),
    );
    if (!store.isOpen()) return DONE;
    if (!answer.ok) {
      if (answer.error.kind === 'no-network') batchSize.shrink();
      return withoutTokenOutcome(answer.error);
    }
    batchSize.grow();
    if (!(await areAnswers(parts.proofs, service, batch, answer.value))) return NOT_UNDERSTOOD;
    if (!store.isOpen()) return DONE;
    const kept = store.commit(() => {
      store.parting.remove(batch.map(({ row }) => row));
    });
    if (!kept.ok) return NOT_SAVED;
  }
}

/** Whether these are answers for these very entries, and every receipt among them checks. */
async function areAnswers(
  proofs: Pick<Proofs, 'receivedAs'>,
  service: string,
  batch: readonly PartingEntry[],
  results: readonly PushResult[],
): Promise<boolean> {
  if (results.length !== batch.length) return false;
  for (const [index, { body }] of batch.entries()) {
    const result = results[index];
    const entry = placeOf(body);
    if (!result || result.id !== entry.id) return false;
    const { receipt } = result;
    if (result.status === 'refused' ? !result.problem : !receipt && !result.receivedAt)
      return false;
    if (receipt && !(await proofs.receivedAs(service, { ...entry, signed: true }, receipt))) {
      return false;
    }
  }
  return true;
}

/** What a receipt has to name. The text is this profile's own. */
function placeOf(body: string): { readonly id: string; readonly entryHash: string } {
  const entry = JSON.parse(body) as { id?: string; decision?: { id: string }; entryHash: string };
  return { id: entry.decision?.id ?? entry.id ?? '', entryHash: entry.entryHash };
}
