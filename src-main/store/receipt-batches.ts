import { z } from 'zod';
import { batchOf, receiptLeafSchema, type Receipt } from '../../src-shared/ledger/receipt.js';
import { sha256 } from '../crypto/index.js';
import type { Database } from './open-database.js';
import { readJson } from './read-json.js';

/** The receipts of one batch as they are kept: what each is about, in the order of the tree, and the one signature. */
export const receiptBatchSchema = z.strictObject({
  jws: z.string().max(2000),
  leaves: z.array(receiptLeafSchema).min(1),
});

/** The receipt at a place of a batch; null where there is none, or the batch cannot be read. */
export type BatchReader = (batch: number | null, index: number | null) => Receipt | null;

/**
 * Reads receipts out of batches. A reader makes each batch's tree once, however many of its receipts are asked for; it is to be
 * opened for one look and then let go.
 */
export function createBatchReader(database: Database): () => BatchReader {
  const find = database
    .prepare<[number], string>('SELECT body FROM receipt_batch WHERE row = ?')
    .pluck();
  return () => {
    const known = new Map<number, readonly Receipt[]>();
    const receiptsOf = (batch: number): readonly Receipt[] => {
      const found = known.get(batch) ?? receiptsIn(find.get(batch));
      known.set(batch, found);
      return found;
    };
    return (batch, index) =>
      batch === null || index === null ? null : (receiptsOf(batch)[index] ?? null);
  };
}

/** The receipts as the server gave them. */
function receiptsIn(text: string | undefined): readonly Receipt[] {
  const kept = text === undefined ? null : readJson(receiptBatchSchema, text);
  if (!kept) return [];
  return batchOf(sha256, kept.leaves).unsigned.map((one) => ({ ...one, jws: kept.jws }));
}
