import { bareHashOf, decisionTypeOf } from '../../../src-shared/ledger/entry.js';
import { serverKeySchema, type ServerKey } from '../../../src-shared/ledger/keys.js';
import {
  checkReceipt,
  receiptSchema,
  receiptStatementSchema,
} from '../../../src-shared/ledger/receipt.js';
import { createJwsOpener, sha256 } from '../../crypto/index.js';
import type { Database } from '../open-database.js';
import { readJson } from '../read-json.js';
import { readDecision, type Finding } from './entries.js';
import { findingInReceiptBatches } from './receipt-batches.js';

interface ReceiptRow {
  readonly receipt: string;
  readonly id: string;
  readonly body: string | null;
  readonly entry_hash: string | null;
  readonly received_at_ms: number | null;
}

/**
 * Checks every receipt of a service against the keys kept of it, and the noted time of receipt against the signed one.
 * The issuer is what the statement says: who a key belongs to was settled when the receipt came.
 */
export async function findingInReceipts(
  database: Database,
  service: string,
): Promise<Finding | null> {
  const openJws = createJwsOpener(() => keysOf(database, service));
  const rows = database
    .prepare<[string], ReceiptRow>(
      `SELECT receipt.body AS receipt, receipt.decision_id AS id, decision.body, decision.entry_hash, received.received_at_ms
       FROM receipt LEFT JOIN decision ON decision.id = receipt.decision_id LEFT JOIN received USING (row) WHERE receipt.service = ?`,
    )
    .iterate(service);
  for (const row of rows) {
    const receipt = readJson(receiptSchema, row.receipt);
    if (!receipt) return `${row.id}: its receipt cannot be read`;
    const { leaf, jws } = receipt;
    const opened = await openJws(jws);
    const iss = opened && readJson(receiptStatementSchema, opened.payload)?.iss;
    if (iss == null) return `${row.id}: its receipt is not signed`;
    const decision = row.body === null ? null : readDecision(row.body);
    const bareHash = row.body === null ? leaf.entryHash : bareHashOf(sha256, row.body);
    const expected = {
      id: row.id,
      entryHash: row.entry_hash ?? bareHash,
      type: decision ? decisionTypeOf(decision) : leaf.type,
      signed: leaf.signed,
      iss,
      service,
    };
    const checked = await checkReceipt({ sha256, openJws }, receipt, expected);
    if (!checked.ok) return `${row.id}: its receipt is ${checked.error}`;
    if (Date.parse(checked.value.receivedAt) !== row.received_at_ms) {
      return `${row.id}: the time of receipt is not the one that was signed`;
    }
  }
  return findingInReceiptBatches(database, service, openJws);
}

function keysOf(database: Database, service: string): ServerKey[] {
  return database
    .prepare<[string], string>(
      `SELECT jwk FROM public_key WHERE service = ? AND subject = '' AND device = ''`,
    )
    .pluck()
    .all(service)
    .flatMap((jwk) => {
      const key = readJson(serverKeySchema, jwk);
      return key ? [key] : [];
    });
}
