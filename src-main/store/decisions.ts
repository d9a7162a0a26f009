import { decisionSchema, type Decision } from '../../src-shared/consent/decision.js';
import type { Database } from './open-database.js';
import type { Register } from './register.js';

/** Decisions as said; every write happens inside a transaction that the caller opens. */
export interface DecisionStore {
  /** The next number of a chain, never used before, also not by rows that a sign-out deleted. */
  nextSeq(service: string, subject: string, device: string): number;
  /**
   * Keeps a decision and brings the effective state up to date. A decision that is already known only learns when the
   * server took it.
   * @param receivedAtMs the server's time of receipt, null for one just made here.
   * @returns whether it was new.
   */
  add(decision: Decision, receivedAtMs: number | null): boolean;
  markReceived(decisionId: string, receivedAtMs: number): void;
  byId(decisionId: string): Decision | null;
  /** The place of the newest decision in the order this profile learnt of them; 0 when there is none. */
  lastRow(): number;
  /** Deletes everything kept for an account except the numbers of its chains. */
  deleteSubject(service: string, subject: string): void;
}

export function createDecisionStore(database: Database, register: Register): DecisionStore {
  const lastSeq = database
    .prepare<[string, string, string], number>(
      'SELECT last_seq FROM chain WHERE service = ? AND subject = ? AND device = ?',
    )
    .pluck();
  const raiseSeq = database.prepare<[string, string, string, number]>(
    `INSERT INTO chain VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_seq = max(last_seq, excluded.last_seq)`,
  );
  const insert = database.prepare(
    `INSERT INTO decision (id, service, subject, device, seq, at_ms, received_at_ms, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const known = database.prepare<[string]>('SELECT 1 FROM decision WHERE id = ?');
  const received = database.prepare<[number, string]>(
    'UPDATE decision SET received_at_ms = ? WHERE id = ?',
  );
  const body = database.prepare<[string], string>('SELECT body FROM decision WHERE id = ?').pluck();
  const newest = database.prepare<[], number | null>('SELECT max(row) FROM decision').pluck();
  const deletions = ['outbox', 'head', 'superseded', 'decision'].map((table) =>
    database.prepare<[string, string]>(`DELETE FROM ${table} WHERE service = ? AND subject = ?`),
  );

  const markReceived = (decisionId: string, receivedAtMs: number): void => {
    received.run(receivedAtMs, decisionId);
    register.markReceived(decisionId, receivedAtMs);
  };

  return {
    nextSeq: (service, subject, device) => (lastSeq.get(service, subject, device) ?? 0) + 1,
    add(decision, receivedAtMs) {
      if (known.get(decision.id)) {
        if (receivedAtMs !== null) markReceived(decision.id, receivedAtMs);
        return false;
      }
      const { id, service, device, seq } = decision;
      const subject = decision.subject ?? '';
      const atMs = Date.parse(decision.at);
      const text = JSON.stringify(decision);
      const { lastInsertRowid } = insert.run(
        id,
        service,
        subject,
        device,
        seq,
        atMs,
        receivedAtMs,
        text,
      );
      raiseSeq.run(service, subject, device, seq);
      const madeHereRow = receivedAtMs === null ? Number(lastInsertRowid) : null;
      register.apply(decision, madeHereRow, receivedAtMs);
      return true;
    },
    markReceived,
    byId(decisionId) {
      const text = body.get(decisionId);
      return text === undefined ? null : decisionSchema.parse(JSON.parse(text));
    },
    lastRow: () => newest.get() ?? 0,
    deleteSubject(service, subject) {
      for (const deletion of deletions) deletion.run(service, subject);
    },
  };
}
