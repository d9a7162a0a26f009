import type { EntrySigner } from '../ledger/index.js';
import type { Store, StoredSession } from '../store/index.js';
import { partingBodies } from '../sync/index.js';

/** No outbox is longer. */
const ALL = Number.MAX_SAFE_INTEGER;

/**
 * Before the rows of an account go: what it refused here and its service has not heard of is kept as it travels, to be sent
 * without a session. To be called inside the transaction that ends the session.
 * @param signer the device's key for that account; null while it is locked.
 */
export function keepRefusals(
  { outbox, parting }: Pick<Store, 'outbox' | 'parting'>,
  { service, accountId, baseAddress }: StoredSession,
  signer: EntrySigner | null,
): void {
  const waiting = outbox.waiting(service, accountId, ALL);
  parting.add(service, baseAddress, partingBodies(waiting, signer));
}
