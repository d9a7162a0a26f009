import type { Database } from './open-database.js';
import type { Register } from './register.js';

/** Decisions that a server took in one request. */
export interface ReceivedBatch {
  readonly service: string;
  readonly subject: string;
  /** The number that their receipts are kept under. */
  readonly batch: number;
  readonly ids: readonly string[];
  readonly receivedAtMs: number;
}

/** What is noted of a decision because the server has taken it. */
export interface ReceivedNotes {
  /** @returns whether that is the time that is noted now; an earlier word about it stands. */
  markReceived(decisionId: string, receivedAtMs: number): boolean;
  /**
   * Notes decisions as received whose receipts were kept as one batch, in its order, but for those of which there was an
   * earlier word and those erased meanwhile.
   * @returns how many.
   */
  markBatchReceived(batch: ReceivedBatch): number;
  /** When the server took it, milliseconds since 1970; null while it has not, or where it is not kept. */
  receivedAtMs(decisionId: string): number | null;
  /** Whether this very entry is here whole, with the proof that the server took it: then nothing more can be learnt of it. */
  isSettled(decisionId: string, entryHash: string): boolean;
}

export function createReceivedNotes(
  database: Database,
  register: Pick<Register, 'markReceived' | 'markBatchReceived'>,
): ReceivedNotes {
  const received = database.prepare<[number, string]>(
    'UPDATE decision SET received_at_ms = ? WHERE id = ? AND received_at_ms IS NULL',
  );
  const settled = database.prepare<[string, string]>(
    `SELECT 1 FROM decision WHERE id = ? AND entry_hash = ? AND body IS NOT NULL AND received_at_ms IS NOT NULL
       AND (receipt_batch IS NOT NULL OR EXISTS (SELECT 1 FROM receipt WHERE decision_id = decision.id))`,
  );
  const batchReceived = database.prepare<[number, number, string]>(
    `UPDATE decision SET received_at_ms = ?, receipt_batch = ?, receipt_index = taken.key
     FROM json_each(?) AS taken WHERE decision.id = taken.value
       AND received_at_ms IS NULL AND body IS NOT NULL AND receipt_batch IS NULL`,
  );
  const receivedAt = database
    .prepare<[string], number | null>('SELECT received_at_ms FROM decision WHERE id = ?')
    .pluck();
  return {
    markReceived(decisionId, receivedAtMs) {
      // Once said, it stays: a receipt may already vouch for it.
      if (received.run(receivedAtMs, decisionId).changes === 0) {
        return receivedAt.get(decisionId) === receivedAtMs;
      }
      register.markReceived(decisionId, receivedAtMs);
      return true;
    },
    markBatchReceived({ service, subject, batch, ids, receivedAtMs }) {
      const { changes } = batchReceived.run(receivedAtMs, batch, JSON.stringify(ids));
      register.markBatchReceived(service, subject, ids, receivedAtMs);
      return changes;
    },
    receivedAtMs: (decisionId) => receivedAt.get(decisionId) ?? null,
    isSettled: (decisionId, entryHash) => settled.get(decisionId, entryHash) !== undefined,
  };
}
