import type { Decision } from '../../src-shared/consent/decision.js';
import { canonicalJson } from '../../src-shared/ledger/canonical.js';
import {
  bareHashOf,
  decisionTypeOf,
  remainsOf,
  type ChainHeader,
  type Remains,
} from '../../src-shared/ledger/entry.js';
import type { ReceiptLeaf } from '../../src-shared/ledger/receipt.js';
import { sha256 } from '../keys/sha256.js';

/** The place of an entry in its chain. Its hash has been checked to be that of the rest. */
export interface Link extends ChainHeader {
  readonly entryHash: string;
  readonly signature: DeviceSignature | null;
}

export interface DeviceSignature {
  readonly kid: string;
  readonly signature: string;
}

/** A decision from a client that keeps no chain. */
export interface BareEntry {
  readonly form: 'bare';
  readonly id: string;
  readonly decision: Decision;
  /** The decision as canonical JSON. */
  readonly jcs: string;
}

/** A decision in its chain. */
export interface ChainedEntry {
  readonly form: 'chained';
  readonly id: string;
  readonly decision: Decision;
  readonly jcs: string;
  readonly salt: string;
  readonly link: Link;
}

/** What is left of a decision in its chain. */
export interface HeaderEntry {
  readonly form: 'header';
  readonly id: string;
  /** Whether its words are not gone but wait on the device for a sign-in. */
  readonly held: boolean;
  readonly remains: Remains;
  readonly link: Link;
}

/** An entry that passed every check that takes nothing but the entry and its sender. */
export type CheckedEntry = BareEntry | ChainedEntry | HeaderEntry;

/** What is left of a chained decision when its words go. */
export function headerOf({ id, decision, link }: ChainedEntry): HeaderEntry {
  return { form: 'header', id, held: false, remains: remainsOf(decision), link };
}

/** Remains as one text, to be kept and compared: canonical JSON of purposes (sorted) and what they supersede. */
export function remainsText({ purposes, supersedes }: Omit<Remains, 'id'>): string {
  return canonicalJson({ purposes: purposes.toSorted(), supersedes });
}

/** What the receipt of a kept entry is about. */
export function leafOf(entry: CheckedEntry): ReceiptLeaf {
  switch (entry.form) {
    case 'bare': {
      const entryHash = bareHashOf(sha256, entry.jcs);
      return { id: entry.id, entryHash, type: decisionTypeOf(entry.decision), signed: false };
    }
    case 'chained':
      return linkedLeaf(entry, decisionTypeOf(entry.decision));
    case 'header':
      return linkedLeaf(entry, 'header');
  }
}

function linkedLeaf(
  { id, link }: ChainedEntry | HeaderEntry,
  type: ReceiptLeaf['type'],
): ReceiptLeaf {
  return { id, entryHash: link.entryHash, type, signed: link.signature !== null };
}
