import type { Problem } from '../../src-shared/api-contract.js';
import { decisionSchema, type Decision } from '../../src-shared/consent/decision.js';
import type { Remains } from '../../src-shared/ledger/entry.js';
import type { EntryLink } from './decisions.js';
import type { Database } from './open-database.js';

/** A decision that waits, or what is left of one that was erased, with its place in the ledger. */
export interface WaitingEntry {
  readonly id: string;
  readonly said:
    | { readonly decision: Decision; readonly salt: string }
    | { readonly remains: Remains; readonly seq: number };
  readonly link: EntryLink;
}

/** What is still to be sent, in the order in which it was said. A row leaves only when the server has answered for it. */
export interface Outbox {
  add(decision: Decision): void;
  /** The oldest decisions that wait, at most `limit`. */
  waiting(service: string, subject: string, limit: number): WaitingEntry[];
  countWaiting(service: string, subject: string): number;
  countRefused(service: string, subject: string): number;
  remove(decisionId: string): void;
  /** Keeps it, but sends it no more: the server has said no, and why. */
  markRefused(decisionId: string, problem: Problem): void;
}

interface WaitingRow {
  readonly id: string;
  readonly seq: number;
  readonly body: string | null;
  readonly salt: string | null;
  readonly remains: string | null;
  readonly chain: string;
  readonly prev: string;
  readonly payload_hash: string;
  readonly entry_hash: string;
  readonly kid: string | null;
  readonly signature: string | null;
}

export function createOutbox(database: Database): Outbox {
  const insert = database.prepare<[string, string, string]>(
    `INSERT INTO outbox (decision_id, service, subject, state) VALUES (?, ?, ?, 'waiting')`,
  );
  const oldest = database.prepare<[string, string, number], WaitingRow>(
    `SELECT decision.* FROM outbox JOIN decision ON decision.id = outbox.decision_id
     WHERE outbox.service = ? AND outbox.subject = ? AND outbox.state = 'waiting'
     ORDER BY outbox.row LIMIT ?`,
  );
  const count = database
    .prepare<[string, string, string], number>(
      'SELECT count(*) FROM outbox WHERE service = ? AND subject = ? AND state = ?',
    )
    .pluck();
  const drop = database.prepare<[string]>('DELETE FROM outbox WHERE decision_id = ?');
  const refuse = database.prepare<[string, string]>(
    `UPDATE outbox SET state = 'refused', problem = ? WHERE decision_id = ?`,
  );
  return {
    // Signed-out decisions never leave this device, so they never get a row here.
    add: (decision) => {
      if (decision.subject !== null) insert.run(decision.id, decision.service, decision.subject);
    },
    waiting: (service, subject, limit) => oldest.all(service, subject, limit).map(fromRow),
    countWaiting: (service, subject) => count.get(service, subject, 'waiting') ?? 0,
    countRefused: (service, subject) => count.get(service, subject, 'refused') ?? 0,
    remove: (decisionId) => void drop.run(decisionId),
    markRefused: (decisionId, problem) => void refuse.run(JSON.stringify(problem), decisionId),
  };
}

function fromRow(row: WaitingRow): WaitingEntry {
  const { id, chain, prev, payload_hash: payloadHash, entry_hash: entryHash, kid } = row;
  const signature =
    kid === null || row.signature === null ? null : { kid, signature: row.signature };
  const said =
    row.body === null || row.salt === null
      ? { remains: JSON.parse(row.remains ?? '') as Remains, seq: row.seq }
      : { decision: decisionSchema.parse(JSON.parse(row.body)), salt: row.salt };
  return { id, said, link: { chain, prev, payloadHash, entryHash, signature } };
}
