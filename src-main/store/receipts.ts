import { receiptSchema, type Receipt, type ReceiptLeaf } from '../../src-shared/ledger/receipt.js';
import type { Database } from './open-database.js';
import { createBatchReader } from './receipt-batches.js';

/** Receipts as they came, checked before they were kept. */
export interface ReceiptStore {
  /** Keeps one by itself, unless there is one of this decision. */
  put(decisionId: string, service: string, subject: string, receipt: Receipt): void;
  /**
   * Keeps those of a whole batch under one signature, in its order; whose they are is noted with the decisions.
   * @returns the number of the batch.
   */
  putBatch(
    service: string,
    subject: string,
    batch: { readonly jws: string; readonly leaves: readonly ReceiptLeaf[] },
  ): number;
  of(decisionId: string): Receipt | null;
}

interface Kept {
  readonly receipt: string | null;
  readonly receipt_batch: number | null;
  readonly receipt_index: number | null;
}

export function createReceiptStore(database: Database): ReceiptStore {
  const insert = database.prepare<[string, string, string, string, string]>(
    `INSERT INTO receipt SELECT ?, ?, ?, ?
     WHERE NOT EXISTS (SELECT 1 FROM decision JOIN received USING (row) WHERE id = ? AND receipt_batch IS NOT NULL) ON CONFLICT DO NOTHING`,
  );
  const insertBatch = database.prepare<[string, string, string]>(
    'INSERT INTO receipt_batch (service, subject, body) VALUES (?, ?, ?)',
  );
  const find = database.prepare<[string], Kept>(
    `SELECT receipt.body AS receipt, receipt_batch, receipt_index FROM decision
     LEFT JOIN received USING (row) LEFT JOIN receipt ON receipt.decision_id = decision.id WHERE decision.id = ?`,
  );
  const openReader = createBatchReader(database);
  return {
    put: (decisionId, service, subject, receipt) =>
      void insert.run(decisionId, service, subject, JSON.stringify(receipt), decisionId),
    putBatch: (service, subject, { jws, leaves }) =>
      Number(insertBatch.run(service, subject, JSON.stringify({ jws, leaves })).lastInsertRowid),
    of(decisionId) {
      const kept = find.get(decisionId);
      if (!kept) return null;
      if (kept.receipt !== null) return receiptSchema.parse(JSON.parse(kept.receipt));
      return openReader()(kept.receipt_batch, kept.receipt_index);
    },
  };
}
