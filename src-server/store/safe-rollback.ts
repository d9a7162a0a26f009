import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** What is run in the place of a rollback for which there is nothing left to do. */
const NOTHING: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};

/**
 * A database whose rollback does nothing where SQLite has taken the transaction back by itself, as it does on a full disk: else
 * the complaint about that would stand in the place of the error that says what happened.
 */
export function withSafeRollback(
  database: SqliteDatabase,
  isInTransaction: () => boolean,
): SqliteDatabase {
  return {
    prepare: (sql) => (sql === 'rollback' && !isInTransaction() ? NOTHING : database.prepare(sql)),
    close: () => database.close(),
  };
}
