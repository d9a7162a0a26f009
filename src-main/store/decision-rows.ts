import { remainsOf } from '../../src-shared/ledger/entry.js';
import type { Decision } from '../../src-shared/consent/decision.js';
import type { EntryLink, NewEntry, NewRemains } from './new-entry.js';
import type { Database } from './open-database.js';

/** What is known of a decision that is here already. */
export interface KnownRow {
  readonly entry_hash: string | null;
  /** Empty where nothing but a header ever came. */
  readonly device: string;
  readonly received_at_ms: number | null;
  readonly is_header: number;
}

/**
 * Rows of the table of decisions, each with the word of its receipt beside it (`received`) where it came from the server with one;
 * without what follows from them elsewhere.
 */
export interface DecisionRows {
  known(decisionId: string): KnownRow | undefined;
  /** @returns its place in the order in which this profile learnt of decisions. */
  insert(entry: NewEntry): number;
  insertRemains(entry: NewRemains): void;
  /** Puts the words in the place of what is left where only a header came. */
  fill(entry: NewEntry): void;
  /** Deletes what was said, and its salt. */
  empty(decision: Decision): void;
}

export function createDecisionRows(database: Database): DecisionRows {
  const insert = database.prepare(
    `INSERT INTO decision (id, service, subject, device, seq, at_ms, body, salt, remains,
       chain, prev, payload_hash, entry_hash, kid, signature, made_here)
     VALUES (@id, @service, @subject, @device, @seq, @atMs, @body, @salt, @remains,
       @chain, @prev, @payloadHash, @entryHash, @kid, @signature, @madeHere)`,
  );
  const known = database.prepare<[string], KnownRow>(
    `SELECT entry_hash, device, received_at_ms, body IS NULL AS is_header
     FROM decision LEFT JOIN received USING (row) WHERE id = ?`,
  );
  const empty = database.prepare<[string, string]>(
    'UPDATE decision SET body = NULL, salt = NULL, remains = ? WHERE id = ? AND body IS NOT NULL',
  );
  const fill = database.prepare(
    `UPDATE decision SET device = @device, at_ms = @atMs, body = @body, salt = @salt,
       remains = NULL, kid = @kid, signature = @signature WHERE id = @id`,
  );
  const receive = database.prepare<[number, string, string, number]>(
    'INSERT INTO received (row, decision_id, service, received_at_ms) VALUES (?, ?, ?, ?)',
  );
  const receiveLater = database.prepare<[number | null, string]>(
    'UPDATE received SET received_at_ms = ? WHERE row = (SELECT row FROM decision WHERE id = ?)',
  );
  return {
    known: (decisionId) => known.get(decisionId),
    insert({ decision, jcs, ledger, receivedAtMs, madeHere }) {
      const { id, service, subject, device, seq, at } = decision;
      const { lastInsertRowid } = insert.run({
        id,
        service,
        subject: subject ?? '',
        device,
        seq,
        atMs: Date.parse(at),
        body: jcs,
        remains: null,
        madeHere: Number(madeHere),
        ...columnsOf(ledger?.link ?? null),
        salt: ledger?.salt ?? null,
      });
      const row = Number(lastInsertRowid);
      if (receivedAtMs !== null) receive.run(row, id, service, receivedAtMs);
      return row;
    },
    insertRemains({ remains, service, subject, seq, link, receivedAtMs }) {
      const { id } = remains;
      const { lastInsertRowid } = insert.run({
        id,
        service,
        subject,
        // The header says nothing about the device, and nothing hangs on it any more.
        device: '',
        seq,
        atMs: receivedAtMs,
        body: null,
        salt: null,
        remains: JSON.stringify(remains),
        madeHere: 0,
        ...columnsOf(link),
      });
      receive.run(Number(lastInsertRowid), id, service, receivedAtMs);
    },
    fill({ decision, jcs, ledger, receivedAtMs }) {
      const by = ledger?.link.signature;
      fill.run({
        id: decision.id,
        device: decision.device,
        atMs: Date.parse(decision.at),
        body: jcs,
        salt: ledger?.salt ?? null,
        kid: by?.kid ?? null,
        signature: by?.signature ?? null,
      });
      receiveLater.run(receivedAtMs, decision.id);
    },
    empty: (decision) => void empty.run(JSON.stringify(remainsOf(decision)), decision.id),
  };
}

function columnsOf(link: EntryLink | null) {
  return {
    chain: link?.chain ?? null,
    prev: link?.prev ?? null,
    payloadHash: link?.payloadHash ?? null,
    entryHash: link?.entryHash ?? null,
    kid: link?.signature?.kid ?? null,
    signature: link?.signature?.signature ?? null,
  };
}
