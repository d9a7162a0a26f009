import { randomBytes } from 'node:crypto';
import { linkDecision } from '../../../src-main/ledger/index.js';
import type { NewEntry, Store } from '../../../src-main/store/index.js';
import type { Decision } from '../../../src-shared/consent/decision.js';
import { canonicalJson } from '../../../src-shared/ledger/canonical.js';

/** A decision as one just made in this profile, at the next place of its chain and unsigned. */
export function madeHere(store: Store, decision: Decision): NewEntry {
  const { service, subject, device, seq } = decision;
  const place = store.chains.next(service, subject ?? '', device);
  return linkDecision(decision, { ...place, seq }, null, randomBytes);
}

/** A decision as one that was fetched, from a client that keeps no chain, with its proof. */
export function fetched(decision: Decision, receivedAtMs: number): NewEntry {
  return {
    decision,
    jcs: canonicalJson(decision),
    ledger: null,
    receivedAtMs,
    madeHere: false,
    ours: false,
    proven: true,
  };
}
