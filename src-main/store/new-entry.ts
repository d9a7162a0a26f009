import type { Decision } from '../../src-shared/consent/decision.js';
import type { ChainHeader, Remains } from '../../src-shared/ledger/entry.js';

/** The place of an entry in its chain, with the device's signature where there is one. */
export interface EntryLink extends Omit<ChainHeader, 'v' | 'seq'> {
  readonly entryHash: string;
  readonly signature: { readonly kid: string; readonly signature: string } | null;
}

/** A decision to be kept. */
export interface NewEntry {
  readonly decision: Decision;
  /** The decision as canonical JSON: exactly what was hashed. */
  readonly jcs: string;
  /** Null for a decision of a client that keeps no chain. */
  readonly ledger: { readonly salt: string; readonly link: EntryLink } | null;
  /** The server's time of receipt; null for one just made here. */
  readonly receivedAtMs: number | null;
  readonly madeHere: boolean;
  /** Whether it is of this profile's own device: a restored backup may learn of its own later entries by fetching. */
  readonly ours: boolean;
  /** False for a grant from elsewhere whose proof does not check: it opens nothing. */
  readonly proven: boolean;
}

/** What came of an erased decision of another device. */
export interface NewRemains {
  readonly remains: Remains;
  readonly service: string;
  readonly subject: string;
  readonly seq: number;
  readonly link: EntryLink;
  readonly receivedAtMs: number;
}
