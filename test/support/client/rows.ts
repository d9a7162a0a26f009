import Database from 'better-sqlite3';
import { decisionSchema, type Decision } from '../../../src-shared/consent/decision.js';

/** A decision as a file holds it. */
export interface StoredRow {
  readonly decision: Decision;
  readonly receivedAtMs: number | null;
}

function reading<Value>(file: string, work: (database: Database.Database) => Value): Value {
  const database = new Database(file, { readonly: true });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** All decisions of a file whose words are kept, in the order in which it learnt of them, read past the product. */
export function decisionsIn(file: string): StoredRow[] {
  return reading(file, (database) =>
    database
      .prepare<[], { body: string; at: number | null }>(
        'SELECT body, received_at_ms AS at FROM decision LEFT JOIN received USING (row) WHERE body IS NOT NULL ORDER BY row',
      )
      .all()
      .map(({ body, at }) => ({
        decision: decisionSchema.parse(JSON.parse(body)),
        receivedAtMs: at,
      })),
  );
}

/** How many decisions a file has, erased ones too: quick to ask again and again. */
export function decisionCountIn(file: string): number {
  return reading(
    file,
    (database) => database.prepare<[], number>('SELECT count(*) FROM decision').pluck().get() ?? 0,
  );
}

/** The ids in the outbox in one state, in the order in which they are to be sent. */
export function outboxIn(file: string, state: 'waiting' | 'refused'): string[] {
  return reading(file, (database) =>
    database
      .prepare<[string], string>('SELECT decision_id FROM outbox WHERE state = ? ORDER BY row')
      .pluck()
      .all(state),
  );
}

/** All a model compares after each act, read in one go: decisions as written, and the ids in the outbox. */
export function contentOf(file: string): {
  bodies: string[];
  /** The ids of decisions of which only a header is left. */
  headers: string[];
  waiting: string[];
  refused: string[];
} {
  return reading(file, (database) => {
    const list = (sql: string): string[] => database.prepare<[], string>(sql).pluck().all();
    const outbox = 'SELECT decision_id FROM outbox WHERE state =';
    return {
      bodies: list('SELECT body FROM decision WHERE body IS NOT NULL ORDER BY row'),
      headers: list('SELECT id FROM decision WHERE body IS NULL ORDER BY row'),
      waiting: list(`${outbox} 'waiting' ORDER BY row`),
      refused: list(`${outbox} 'refused' ORDER BY row`),
    };
  });
}

/** How many rows a table of a file has. */
export function countIn(file: string, table: string): number {
  return reading(
    file,
    (database) => database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0,
  );
}
