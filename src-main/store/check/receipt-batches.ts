import {
  batchOf,
  receiptStatementSchema,
  type Receipt,
  type ReceiptLeaf,
} from '../../../src-shared/ledger/receipt.js';
import { decisionTypeOf } from '../../../src-shared/ledger/entry.js';
import { sha256 } from '../../crypto/index.js';
import type { Database } from '../open-database.js';
import { readJson } from '../read-json.js';
import { receiptBatchSchema } from '../receipt-batches.js';
import { readDecision, type Finding } from './entries.js';

/** Opens a signature: its payload, where a key kept of the service made it. */
export type OpenJws = (jws: Receipt['jws']) => Promise<{ readonly payload: string } | null>;

interface BatchRow {
  readonly row: number;
  readonly body: string;
}

interface DecisionRow {
  readonly id: string;
  readonly body: string | null;
  readonly entry_hash: string | null;
  readonly received_at_ms: number;
  readonly receipt_batch: number;
  readonly receipt_index: number | null;
}

/** A batch whose signature checks. */
interface Proven {
  readonly receivedAtMs: number;
  readonly leaves: readonly ReceiptLeaf[];
}

/**
 * Checks the receipts of a service that were kept as batches: one tree and one signature for each, and that every decision
 * stands where its batch says so.
 */
export async function findingInReceiptBatches(
  database: Database,
  service: string,
  openJws: OpenJws,
): Promise<Finding | null> {
  const batches = database
    .prepare<[string], BatchRow>('SELECT row, body FROM receipt_batch WHERE service = ?')
    .all(service);
  const proven = new Map<number, Proven>();
  for (const { row, body } of batches) {
    const batch = await provenIn(body, service, openJws);
    if (!batch) return `batch ${row}: its receipts are not signed`;
    proven.set(row, batch);
  }
  const decisions = database
    .prepare<[string], DecisionRow>(
      `SELECT id, body, entry_hash, received_at_ms, receipt_batch, receipt_index FROM decision JOIN received USING (row)
       WHERE decision.service = ? AND receipt_batch IS NOT NULL`,
    )
    .iterate(service);
  for (const row of decisions) {
    const batch = proven.get(row.receipt_batch);
    const leaf = batch?.leaves[row.receipt_index ?? -1];
    if (!batch || !leaf || !isAbout(leaf, row)) return `${row.id}: its receipt is about another`;
    if (batch.receivedAtMs !== row.received_at_ms) {
      return `${row.id}: the time of receipt is not the one that was signed`;
    }
  }
  return null;
}

async function provenIn(body: string, service: string, openJws: OpenJws): Promise<Proven | null> {
  const kept = readJson(receiptBatchSchema, body);
  const opened = kept && (await openJws(kept.jws));
  const statement = opened && readJson(receiptStatementSchema, opened.payload);
  if (!kept || statement?.service !== service) return null;
  const { root } = batchOf(sha256, kept.leaves);
  if (statement.size !== kept.leaves.length || statement.root !== root) return null;
  return { receivedAtMs: Date.parse(statement.receivedAt), leaves: kept.leaves };
}

function isAbout(leaf: ReceiptLeaf, { id, body, entry_hash: entryHash }: DecisionRow): boolean {
  if (leaf.id !== id || leaf.entryHash !== entryHash) return false;
  // What was erased since is no longer there to be compared.
  const decision = body === null ? null : readDecision(body);
  return body === null || (decision !== null && decisionTypeOf(decision) === leaf.type);
}
