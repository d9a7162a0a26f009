import { MAX_BODY_BYTES, MAX_ENTRIES_PER_REQUEST } from '../../src-shared/api-contract.js';
import { remainsOf } from '../../src-shared/ledger/entry.js';
import { isAscii } from '../api/index.js';
import type { WaitingEntry } from '../store/index.js';

/**
 * How an entry travels: whole; as the header that is left of it for good; or as a header in whose place the whole entry
 * comes later.
 */
export type Form = 'whole' | 'header' | 'held';

/** One entry on its way. */
export interface Parcel {
  readonly waiting: WaitingEntry;
  /** An erased decision is a header whatever was asked for. */
  readonly form: Form;
  /** The entry as JSON. */
  readonly text: string;
}

/**
 * Packs an entry. What was said is kept as canonical JSON, and that very text travels: nothing is parsed and written again
 * on the way.
 */
export function parcelOf(waiting: WaitingEntry, asked: Form): Parcel {
  const { said, link } = waiting;
  const { chain, prev, payloadHash, entryHash, signature } = link;
  const place = { chain, prev, entryHash, ...signature };
  if ('decision' in said && asked === 'whole') {
    const rest = JSON.stringify({ salt: said.salt, ...place });
    return { waiting, form: 'whole', text: `{"decision":${said.jcs},${rest.slice(1)}` };
  }
  const remains = 'decision' in said ? remainsOf(said.decision) : said.remains;
  const seq = 'decision' in said ? said.decision.seq : said.seq;
  const form = 'decision' in said && asked === 'held' ? 'held' : 'header';
  const { id, purposes, supersedes } = remains;
  const header = { id, seq, payloadHash, purposes, supersedes, ...place };
  return {
    waiting,
    form,
    text: JSON.stringify(form === 'held' ? { ...header, held: true } : header),
  };
}

/** Most entries and most bytes that one request may take. */
export interface BatchLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** What the interface allows (`docs/protocol.md`). */
export const LARGEST_BATCH: BatchLimits = {
  entries: MAX_ENTRIES_PER_REQUEST,
  bytes: MAX_BODY_BYTES,
};

/** More than what stands around the entries of a request. */
export const ENVELOPE_BYTES = 64;

/** How many of the entries (JSON), from the first on, fit into one request; always at least one of any. */
export function countFitting(texts: readonly string[], limits: BatchLimits): number {
  // Nearly always so, and to ask for all at once takes a tenth of the time.
  const isOneByteEach = isAscii(texts.join(''));
  let bytes = ENVELOPE_BYTES;
  let count = 0;
  for (const text of texts) {
    bytes += (isOneByteEach ? text.length : Buffer.byteLength(text, 'utf8')) + 1;
    if (count > 0 && (bytes > limits.bytes || count >= limits.entries)) break;
    count += 1;
  }
  return count;
}
