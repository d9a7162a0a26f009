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
    `INSERT INTO received (row, decision_id, service, received_at_ms)
     SELECT row, id, service, ? FROM decision WHERE id = ? ON CONFLICT DO NOTHING`,
  );
  const settled = database.prepare<[string, string]>(
    `SELECT 1 FROM decision JOIN received USING (row) WHERE id = ? AND entry_hash = ? AND body IS NOT NULL
       AND (receipt_batch IS NOT NULL OR EXISTS (SELECT 1 FROM receipt WHERE decision_id = decision.id))`,
  );
  const batchReceived = database.prepare<[number, number, string]>(
    `INSERT INTO received SELECT row, decision.id, service, ?, ?, taken.key
     FROM json_each(?) AS taken CROSS JOIN decision ON decision.id = taken.value WHERE body IS NOT NULL
     ON CONFLICT DO NOTHING`,
  );
  const receivedAt = database
    .prepare<[string], number>(
      'SELECT received_at_ms FROM decision JOIN received USING (row) WHERE id = ?',
    )
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
