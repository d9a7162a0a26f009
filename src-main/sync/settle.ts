import { onlyDenies } from '../../src-shared/consent/decision.js';
import type { Store } from '../store/index.js';
import type { Answered } from './believe.js';

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

/** Notes that the server has said no; inside a transaction. */
export function settleRefused(store: Store, { parcel, result }: Answered): void {
  const { id, said } = parcel.waiting;
  if (!result.problem) return;
  store.outbox.markRefused(id, result.problem);
  // A grant that the server does not take stops counting at once; a refusal goes on holding here.
  if ('decision' in said && !onlyDenies(said.decision)) store.register.closeGrant(id);
}
