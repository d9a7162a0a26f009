import { receiptSchema, type Receipt } from '../../src-shared/ledger/receipt.js';
import type { Database } from './open-database.js';

/** Receipts as they came, checked before they were kept. */
export interface ReceiptStore {
  put(decisionId: string, service: string, subject: string, receipt: Receipt): void;
  of(decisionId: string): Receipt | null;
}

export function createReceiptStore(database: Database): ReceiptStore {
  const insert = database.prepare<[string, string, string, string]>(
    'INSERT INTO receipt VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const find = database
    .prepare<[string], string>('SELECT body FROM receipt WHERE decision_id = ?')
    .pluck();
  return {
    put: (decisionId, service, subject, receipt) =>
      void insert.run(decisionId, service, subject, JSON.stringify(receipt)),
    of(decisionId) {
      const body = find.get(decisionId);
      return body === undefined ? null : receiptSchema.parse(JSON.parse(body));
    },
  };
}
