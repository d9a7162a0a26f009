import type { PulledEntry } from '../../src-shared/api-contract.js';
import { NotCanonicalError } from '../../src-shared/ledger/canonical.js';
import type { ProvenEntry, Proofs } from '../ledger/index.js';
import type { Store } from '../store/index.js';

/** An entry that came in, and what is proven of it. */
export type ProvenPull = readonly [PulledEntry, ProvenEntry];

/** Whether this device sent it itself and has heard of it: there is nothing about it to be checked once more. */
export function isSettled(store: Store, entry: PulledEntry): boolean {
  const isWhole = 'decision' in entry && 'entryHash' in entry;
  return isWhole && store.decisions.isSettled(entry.decision.id, entry.entryHash);
}

/** What is proven of each entry; null where one of them is no entry at all. */
export async function proveAll(
  proofs: Proofs,
  service: string,
  entries: readonly PulledEntry[],
  keys: Parameters<Proofs['prove']>[2],
): Promise<ProvenPull[] | null> {
  const proven: ProvenPull[] = [];
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
