import { onlyDenies } from '../../src-shared/consent/decision.js';
import type { Store } from '../store/index.js';
import type { Answered, TakenBatch } from './believe.js';

/** Notes what the server has taken of one entry; inside a transaction. */
export function settleTaken(
  store: Store,
  service: string,
  subject: string,
  { parcel, result, receivedAtMs, has }: Exclude<Answered, { has: null }>,
): void {
  const { id, said } = parcel.waiting;
  if (has === 'held') {
    store.outbox.markHeld(id);
    return;
  }
  const isNoted = store.decisions.markReceived(id, receivedAtMs);
  // Erased here, perhaps while it was on its way, and still whole there: it goes on waiting, until somebody is signed in who may
  // erase it.
  if (has === 'whole' && (!('decision' in said) || store.decisions.isErased(id))) return;
  if (result.receipt && isNoted) store.receipts.put(id, service, subject, result.receipt);
  if (has === 'header') store.decisions.erase(id);
  store.outbox.remove(id);
}

/**
 * Notes that the server has taken a whole batch, in few words; inside a transaction.
 * @returns false where that does not hold for all of them, as for one that was erased meanwhile: then each is to be noted by
 * itself, and what is noted already stays so.
 */
export function settleBatchTaken(
  store: Store,
  service: string,
  subject: string,
  { jws, leaves, receivedAtMs }: TakenBatch,
): boolean {
  const batch = store.receipts.putBatch(service, subject, { jws, leaves });
  const ids = leaves.map(({ id }) => id);
  const noted = store.decisions.markBatchReceived({ service, subject, batch, ids, receivedAtMs });
  if (noted < ids.length) return false;
  store.outbox.removeAll(ids);
  return true;
}

/** Notes that the server has said no; inside a transaction. */
export function settleRefused(store: Store, { parcel, result }: Answered): void {
  const { id, said } = parcel.waiting;
  if (!result.problem) return;
  store.outbox.markRefused(id, result.problem);
  // A grant that the server does not take stops counting at once; a refusal goes on holding here.
  if ('decision' in said && !onlyDenies(said.decision)) store.register.closeGrant(id);
}
