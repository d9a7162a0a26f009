import type { PulledEntry } from '../../src-shared/api-contract.js';
import type { Store } from '../store/index.js';
import type { ProvenPull } from './prove-pulled.js';

export function idOf(entry: PulledEntry): string {
  return 'decision' in entry ? entry.decision.id : entry.id;
}

/** Keeps one entry that came in; inside a transaction. @returns whether it was new. */
export function keepPulled(
  store: Store,
  service: string,
  subject: string,
  [entry, { jcs, link, salt, receipt, receivedAt, isProven }]: ProvenPull,
): boolean {
  const receivedAtMs = Date.parse(receivedAt);
  const id = idOf(entry);
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
