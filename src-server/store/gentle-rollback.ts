import type Database from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

/** What a statement answers that changed nothing. */
const NOTHING = { changes: 0, lastInsertRowid: 0 };

/**
 * A database whose `rollback` also works where there is nothing to roll back any more. On a full or failing disk SQLite takes
 * the whole transaction back by itself (https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction);
 * a `rollback` after that would fail, and its error would stand in the place of the one that says what happened.
 */
export function withGentleRollback(database: Database.Database): SqliteDatabase {
  return {
    prepare(sql) {
      const statement = database.prepare(sql);
      if (sql !== 'rollback') return statement;
      return {
        reader: statement.reader,
        all: (given) => statement.all(...given),
        run: (given) => (database.inTransaction ? statement.run(...given) : NOTHING),
        iterate: (given) => statement.iterate(...given),
      };
    },
    close: () => {
      database.close();
    },
  };
}
