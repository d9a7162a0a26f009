import { problemSchema, type Problem } from '../../src-shared/api-contract.js';
import type { Decision } from '../../src-shared/consent/decision.js';
import type { Remains } from '../../src-shared/ledger/entry.js';
import type { EntryLink } from './new-entry.js';
import type { Database } from './open-database.js';
import { readJson } from './read-json.js';

/** A decision that is to be sent, or what is left of one that was erased, with its place in the ledger. */
export interface WaitingEntry {
  /** Its place in the order of sending. */
  readonly row: number;
  readonly id: string;
  readonly said:
    | { readonly decision: Decision; readonly salt: string; readonly jcs: string }
    | { readonly remains: Remains; readonly seq: number };
  readonly link: EntryLink;
  /** The server has it whole: it was erased since, or the server has lost it. */
  readonly wasReceived: boolean;
  /** The server has a header in its place and waits for the words. */
  readonly isHeld: boolean;
}

/** One row as a person is shown it. */
export interface OutboxItem {
  readonly id: string;
  /** By the device's clock, milliseconds since 1970. */
  readonly atMs: number;
  readonly state: 'waiting' | 'refused';
  readonly choices: Decision['choices'];
  readonly problem: Problem | null;
}

/** What is still to be sent, in the order in which it was said. A row leaves only when the server has answered for it. */
export interface Outbox {
  add(decision: Decision): void;
  /** The oldest that are to be sent, at most `limit`, behind the place `after`. */
  waiting(service: string, subject: string, limit: number, after?: number): WaitingEntry[];
  countWaiting(service: string, subject: string): number;
  /** How many of those that wait allow something. */
  countWaitingGrants(service: string, subject: string): number;
  /** How many the server has refused and nothing newer has taken the place of. */
  countRefused(service: string, subject: string): number;
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

interface WaitingRow {
  readonly row: number;
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
  readonly received_at_ms: number | null;
  readonly held: number;
}

interface ItemRow {
  readonly id: string;
  readonly at_ms: number;
  readonly body: string | null;
  readonly state: OutboxItem['state'];
  readonly problem: string | null;
}

/** A refusal by the server is settled by the person's next word about every purpose it spoke of. */
const STILL_STANDS = `EXISTS (SELECT 1 FROM head WHERE head.decision_id = outbox.decision_id)`;

export function createOutbox(database: Database): Outbox {
  const insert = database.prepare<[string]>(
    `INSERT INTO outbox (row, decision_id, service, subject, state)
     SELECT row, id, service, subject, 'waiting' FROM decision WHERE id = ?`,
  );
  const oldest = database.prepare<[string, string, number, number], WaitingRow>(
    `SELECT decision.*, outbox.held FROM outbox INDEXED BY outbox_unsent
     JOIN decision ON decision.id = outbox.decision_id
     WHERE outbox.service = ? AND outbox.subject = ? AND outbox.unsent = 1 AND outbox.row > ?
     ORDER BY outbox.row LIMIT ?`,
  );
  const countWaiting = database
    .prepare<[string, string], number>(
      `SELECT count(*) FROM outbox WHERE service = ? AND subject = ? AND state = 'waiting'`,
    )
    .pluck();
  const countRefused = database
    .prepare<[string, string], number>(
      `SELECT count(*) FROM outbox WHERE service = ? AND subject = ? AND state = 'refused' AND ${STILL_STANDS}`,
    )
    .pluck();
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
    // Signed-out decisions never leave this device, so they never get a row here.
    add: ({ id, subject }) => {
      if (subject !== null) insert.run(id);
    },
    waiting: (service, subject, limit, after = 0) =>
      oldest.all(service, subject, after, limit).map(fromRow),
    countWaiting: (service, subject) => countWaiting.get(service, subject) ?? 0,
    countWaitingGrants: (service, subject) => countGrants.get(service, subject) ?? 0,
    countRefused: (service, subject) => countRefused.get(service, subject) ?? 0,
    items: (service, subject, limit) => shown.all(service, subject, limit).map(itemOf),
    remove: (decisionId) => void drop.run(decisionId),
    removeAll: (decisionIds) => void dropAll.run(JSON.stringify(decisionIds)),
    markRefused: (decisionId, problem) => void refuse.run(JSON.stringify(problem), decisionId),
    markHeld: (decisionId) => void hold.run(decisionId),
    putBack: (decisionId) => void back.run(decisionId),
  };
}

/** The texts are this profile's own, checked when they were written and covered by sums since: they are read, not checked again. */
function fromRow(row: WaitingRow): WaitingEntry {
  const { id, body: jcs, salt, chain, prev, kid } = row;
  const { payload_hash: payloadHash, entry_hash: entryHash } = row;
  const signature =
    kid === null || row.signature === null ? null : { kid, signature: row.signature };
  const said =
    jcs === null || salt === null
      ? { remains: { id, ...(JSON.parse(row.remains ?? '') as Omit<Remains, 'id'>) }, seq: row.seq }
      : { decision: JSON.parse(jcs) as Decision, salt, jcs };
  return {
    row: row.row,
    id,
    said,
    link: { chain, prev, payloadHash, entryHash, signature },
    wasReceived: row.received_at_ms !== null,
    isHeld: row.held === 1,
  };
}

function itemOf({ id, at_ms: atMs, body, state, problem }: ItemRow): OutboxItem {
  return {
    id,
    atMs,
    state,
    choices: body === null ? {} : (JSON.parse(body) as Decision).choices,
    problem: problem === null ? null : readJson(problemSchema, problem),
  };
}
