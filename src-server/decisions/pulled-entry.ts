import type { PulledEntry } from '../../src-shared/api-contract.js';
import type { Decision } from '../../src-shared/consent/decision.js';
import type { Remains } from '../../src-shared/ledger/entry.js';
import { receiptSchema } from '../../src-shared/ledger/receipt.js';
import { instant } from '../context.js';
import type { EntryRow } from '../store/decisions.js';

/** Members around what is said and its receipt (hashes, salt, signature, names, braces), rounded up, in bytes. */
const FRAME_BYTES = 800;

/** Upper bound of what a kept entry takes in an answer, in bytes. */
export function bytesOf({ decision, remains, receipt }: EntryRow): number {
  const texts = [decision, remains, receipt].map((text) => Buffer.byteLength(text ?? ''));
  return texts.reduce((sum, bytes) => sum + bytes, FRAME_BYTES);
}

/**
 * A kept entry as it travels: bare, chained or header. What is parsed here was checked when it was taken, and is once more
 * by the schema of the answer.
 */
export function pulledEntryOf(row: EntryRow): PulledEntry {
  const received = {
    receivedAt: instant(row.received_at_ms),
    ...(row.receipt === null ? {} : { receipt: receiptSchema.parse(JSON.parse(row.receipt)) }),
  };
  const link = linkOf(row);
  if (row.decision === null) {
    if (!link || row.remains === null) throw new Error('a row without words has no header either');
    const { seq, payload_hash: payloadHash } = row;
    const { purposes, supersedes } = JSON.parse(row.remains) as Omit<Remains, 'id'>;
    const said = { id: row.id, seq, payloadHash: payloadHash ?? '', purposes: [...purposes] };
    return { ...said, supersedes, ...link, ...received };
  }
  const decision = JSON.parse(row.decision) as Decision;
  if (!link || row.salt === null) return { decision, ...received };
  return { decision, salt: row.salt, ...link, ...received };
}

function linkOf({ chain, prev, entry_hash: entryHash, kid, signature }: EntryRow) {
  if (chain === null || prev === null || entryHash === null) return null;
  const signed = kid === null || signature === null ? {} : { kid, signature };
  return { chain, prev, entryHash, ...signed };
}
