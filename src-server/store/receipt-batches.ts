import type { Selectable } from 'kysely';
import type { Decision } from '../../src-shared/consent/decision.js';
import { bareHashOf, decisionTypeOf } from '../../src-shared/ledger/entry.js';
import type { ReceiptLeaf } from '../../src-shared/ledger/receipt.js';
import { sha256 } from '../keys/sha256.js';
import { receiptTree, type ReceiptTree } from '../receipt-tree.js';
import { receiptText, type IssuedReceipts } from '../receipts.js';
import type { EntriesTable, ReceiptBatchesTable } from './tables.js';

/** A batch as it is kept, without its number. */
export type NewBatchRow = Omit<Selectable<ReceiptBatchesTable>, 'batch'>;
/** A batch as it is read. */
export type BatchRow = Pick<Selectable<ReceiptBatchesTable>, 'batch' | 'jws' | 'leaves'>;

/** What of an entry says which receipt it has. */
export type RowOfBatch = Pick<
  Selectable<EntriesTable>,
  | 'id'
  | 'chain'
  | 'decision'
  | 'entry_hash'
  | 'signature'
  | 'receipt'
  | 'receipt_batch'
  | 'receipt_index'
>;

/** The row of a batch. @param members how many entries are kept with a receipt of it. */
export function batchRowOf(
  accountId: string,
  { jws, leafHashes }: Pick<IssuedReceipts, 'jws' | 'leafHashes'>,
  members: number,
): NewBatchRow {
  const leaves = leafHashes.toString('base64url');
  return { account_id: accountId, jws, leaves, members };
}

/** The numbers of the batches that entries have their receipts in, each once. */
export function batchesOf(rows: readonly Pick<RowOfBatch, 'receipt_batch'>[]): number[] {
  return [...new Set(rows.flatMap(({ receipt_batch: batch }) => batch ?? []))];
}

/**
 * The same rows, each with its receipt as it was first sent, byte for byte. A row whose batch is not among those given is left
 * out: it has been replaced since it was read.
 */
export function withReceipts<Row extends RowOfBatch>(
  rows: readonly Row[],
  batches: readonly BatchRow[],
): Row[] {
  if (!rows.some(({ receipt_batch: batch }) => batch !== null)) return [...rows];
  const byNumber = new Map(batches.map((row) => [row.batch, { ...row, tree: treeIn(row) }]));
  return rows.flatMap((row) => {
    const { receipt_batch: number, receipt_index: index } = row;
    if (number === null || index === null) return [row];
    const batch = byNumber.get(number);
    if (!batch) return [];
    const receipt = receiptText(leafOf(row), index, batch.tree.pathText(index), batch.jws);
    return [{ ...row, receipt }];
  });
}

function treeIn({ leaves }: BatchRow): ReceiptTree {
  return receiptTree(Buffer.from(leaves, 'base64url'));
}

/** What the receipt of a row is about: what is kept is what was signed for. */
function leafOf({
  id,
  chain,
  decision,
  entry_hash: entryHash,
  signature,
}: RowOfBatch): ReceiptLeaf {
  const signed = signature !== null;
  if (decision === null) return { id, entryHash: entryHash ?? '', type: 'header', signed };
  const type = decisionTypeOf(JSON.parse(decision) as Decision);
  if (chain === null) return { id, entryHash: bareHashOf(sha256, decision), type, signed: false };
  return { id, entryHash: entryHash ?? '', type, signed };
}
