import { remainsOf } from '../../src-shared/ledger/entry.js';
import type { Decision } from '../../src-shared/consent/decision.js';
import {
  remainsText,
  type ChainedEntry,
  type CheckedEntry,
  type DeviceSignature,
  type HeaderEntry,
} from './entry.js';

/** What is known of an entry that came before under the same id. */
export interface EarlierEntry {
  /** Ids are unique across accounts, so the earlier one may be a stranger's. */
  readonly ofThisAccount: boolean;
  /** Null for a bare decision. */
  readonly entryHash: string | null;
  readonly signature: DeviceSignature | null;
  /** The decision as canonical JSON; null where only a header is left. */
  readonly jcs: string | null;
  /** What is left where `jcs` is null, as {@link remainsText} writes it. */
  readonly remains: string | null;
  /** Whether it was refused for its policy, which left a header without a receipt. */
  readonly wasRefused: boolean;
  /** Whether it came as a header whose words wait on the device. */
  readonly wasHeld: boolean;
}

/** How an entry relates to an earlier one of the same id. */
export type Comparison =
  /** The very same, or a form of it that says less than what is kept: it gets the answer of the first time. */
  | 'same'
  /** The same, which was refused for its policy. */
  | 'refused-before'
  /** The whole of what came as a held header: it takes the header's place. */
  | 'completes'
  /** What is left of it: from now on the header stands alone. */
  | 'erases'
  /** The same id for something else. */
  | 'conflict'
  /** A header that does not stand where the decision stood. */
  | 'elsewhere';

/**
 * Compares an entry with the earlier one under its id. Salt, place and words are all held by `entryHash`.
 * @param mayErase whether a header may take the words away. Its signature is that of the whole entry, so whoever has seen
 *   the entry could make one; that takes a session.
 */
export function compareWith(
  earlier: EarlierEntry,
  entry: CheckedEntry,
  mayErase: boolean,
): Comparison {
  if (!earlier.ofThisAccount) return 'conflict';
  switch (entry.form) {
    case 'bare':
      return earlier.entryHash === null && earlier.jcs === entry.jcs ? 'same' : 'conflict';
    case 'chained':
      return compareChained(earlier, entry);
    case 'header':
      return compareHeader(earlier, entry, mayErase);
  }
}

function compareChained(earlier: EarlierEntry, entry: ChainedEntry): Comparison {
  if (earlier.entryHash !== entry.link.entryHash) return 'conflict';
  if (earlier.wasRefused) return 'refused-before';
  if (earlier.jcs !== null || !earlier.wasHeld) return 'same';
  // The hash vouches for the words but not for what the header said of them.
  return earlier.remains === remainsText(remainsOf(entry.decision)) ? 'completes' : 'conflict';
}

function compareHeader(earlier: EarlierEntry, entry: HeaderEntry, mayErase: boolean): Comparison {
  if (earlier.entryHash !== entry.link.entryHash) return 'elsewhere';
  const left = earlier.jcs === null ? earlier.remains : remainsOfJcs(earlier.jcs);
  if (left !== remainsText(entry.remains)) return 'conflict';
  // A refused one has no words left, and gets its receipt by this.
  if (earlier.wasRefused) return 'erases';
  return earlier.jcs !== null && mayErase && !entry.held ? 'erases' : 'same';
}

function remainsOfJcs(jcs: string): string {
  // Checked when it was taken.
  return remainsText(remainsOf(JSON.parse(jcs) as Decision));
}
