import type { Problem } from '../../src-shared/api-contract.js';
import type { Decision } from '../../src-shared/consent/decision.js';
import type { Database } from './open-database.js';
import { createOutboxCounts, STILL_STANDS, type OutboxCounts } from './outbox-counts.js';
import {
  itemOf,
  WAITING_COLUMNS,
  waitingOf,
  type ItemRow,
  type OutboxItem,
  type WaitingEntry,
  type WaitingRow,
} from './outbox-rows.js';

/** What is still to be sent, in the order in which it was said. A row leaves only when the server has answered for it. */
export interface Outbox extends OutboxCounts {
  add(decision: Decision): void;
  /** The oldest that are to be sent, at most `limit`, behind the place `after`. */
  waiting(service: string, subject: string, limit: number, after?: number): WaitingEntry[];
  /** How many of those that wait allow something. */
  countWaitingGrants(service: string, subject: string): number;
  /** What waits or was refused and still stands, oldest first. */
  items(service: string, subject: string, limit: number): OutboxItem[];
  remove(decisionId: string): void;
  removeAll(decisionIds: readonly string[]): void;
  /** Keeps it, but sends it no more: the server has said no, and why. */
  markRefused(decisionId: string, problem: Problem): void;
  /** The server has a header in its place; it goes on waiting. */
  markHeld(decisionId: string): void;
  /** The server has lost what it had taken, or refused and noted the place of: it is to be sent again, in its old place. */
  putBack(decisionId: string): void;
}

export function createOutbox(database: Database): Outbox {
  const insert = database.prepare<[string]>(
    `INSERT INTO outbox (row, decision_id, service, subject, state)
     SELECT row, id, service, subject, 'waiting' FROM decision WHERE id = ?`,
  );
  const oldest = database.prepare<[string, string, number, number], WaitingRow>(
    `SELECT ${WAITING_COLUMNS.map((name) => `decision.${name}`).join(', ')}, outbox.held,
       EXISTS (SELECT 1 FROM received WHERE received.row = decision.row) AS was_received FROM outbox INDEXED BY outbox_unsent
     JOIN decision ON decision.id = outbox.decision_id
     WHERE outbox.service = ? AND outbox.subject = ? AND outbox.unsent = 1 AND outbox.row > ?
     ORDER BY outbox.row LIMIT ?`,
  );
  const countGrants = database
    .prepare<[string, string], number>(
      `SELECT count(*) FROM outbox JOIN decision ON decision.id = outbox.decision_id
       WHERE outbox.service = ? AND outbox.subject = ? AND outbox.state = 'waiting' AND EXISTS
         (SELECT 1 FROM json_each(decision.body, '$.choices') AS choice WHERE choice.value = 'granted')`,
    )
    .pluck();
  const shown = database.prepare<[string, string, number], ItemRow>(
    `SELECT decision.id, decision.at_ms, decision.body, outbox.state, outbox.problem
     FROM outbox JOIN decision ON decision.id = outbox.decision_id
     WHERE outbox.service = ? AND outbox.subject = ? AND (outbox.state = 'waiting' OR ${STILL_STANDS})
     ORDER BY outbox.row LIMIT ?`,
  );
  const drop = database.prepare<[string]>('DELETE FROM outbox WHERE decision_id = ?');
  const dropAll = database.prepare<[string]>(
    'DELETE FROM outbox WHERE decision_id IN (SELECT value FROM json_each(?))',
  );
  const refuse = database.prepare<[string, string]>(
    `UPDATE outbox SET state = 'refused', problem = ?, unsent = 0 WHERE decision_id = ?`,
  );
  const hold = database.prepare<[string]>('UPDATE outbox SET held = 1 WHERE decision_id = ?');
  const back = database.prepare<[string]>(
    `INSERT INTO outbox (row, decision_id, service, subject, state)
     SELECT row, id, service, subject, 'waiting' FROM decision WHERE id = ?
     ON CONFLICT (decision_id) DO UPDATE SET unsent = 1, held = 0`,
  );
  return {
    ...createOutboxCounts(database),
    // Signed-out decisions never leave this device, so they never get a row here.
    add: ({ id, subject }) => {
      if (subject !== null) insert.run(id);
    },
    waiting: (service, subject, limit, after = 0) =>
      oldest.all(service, subject, after, limit).map(waitingOf),
    countWaitingGrants: (service, subject) => countGrants.get(service, subject) ?? 0,
    items: (service, subject, limit) => shown.all(service, subject, limit).map(itemOf),
    remove: (decisionId) => void drop.run(decisionId),
    removeAll: (decisionIds) => void dropAll.run(JSON.stringify(decisionIds)),
    markRefused: (decisionId, problem) => void refuse.run(JSON.stringify(problem), decisionId),
    markHeld: (decisionId) => void hold.run(decisionId),
    putBack: (decisionId) => void back.run(decisionId),
  };
}
