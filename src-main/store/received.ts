import type { Database } from './open-database.js';
import type { Register } from './register.js';

/** What is noted of a decision because the server has taken it. */
export interface ReceivedNotes {
  /** @returns whether that is the time that is noted now; an earlier word about it stands. */
  markReceived(decisionId: string, receivedAtMs: number): boolean;
  /** When the server took it, milliseconds since 1970; null while it has not, or where it is not kept. */
  receivedAtMs(decisionId: string): number | null;
  /** Whether this very entry is here whole, with the proof that the server took it: then nothing more can be learnt of it. */
  isSettled(decisionId: string, entryHash: string): boolean;
}

export function createReceivedNotes(
  database: Database,
  register: Pick<Register, 'markReceived'>,
): ReceivedNotes {
  const received = database.prepare<[number, string]>(
    'UPDATE decision SET received_at_ms = ? WHERE id = ? AND received_at_ms IS NULL',
  );
  const settled = database.prepare<[string, string]>(
    `SELECT 1 FROM decision JOIN receipt ON receipt.decision_id = decision.id
     WHERE decision.id = ? AND entry_hash = ? AND decision.body IS NOT NULL AND received_at_ms IS NOT NULL`,
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
    receivedAtMs: (decisionId) => receivedAt.get(decisionId) ?? null,
    isSettled: (decisionId, entryHash) => settled.get(decisionId, entryHash) !== undefined,
  };
}
