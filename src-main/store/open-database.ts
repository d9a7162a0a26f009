import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { MIGRATIONS } from './migrations/index.js';
import { causeOf } from './sqlite-failure.js';

export type Database = SqliteDatabase.Database;

/** Why the database cannot be used. Whatever it is, the file was left as it was found. */
export type OpenFailure =
  | { readonly code: 'newer'; readonly found: number; readonly known: number }
  | { readonly code: 'read-only' | 'full' | 'busy' | 'broken'; readonly detail: string };

/**
 * Opens the profile's database, proves by a real query that it can be read and by a real write that it can be written,
 * and brings it to the newest schema. WAL with `synchronous=FULL`: a commit is on the disk when it returns.
 * @param file path of the database file; its folder is made where it is missing.
 */
export function openDatabase(file: string): Result<Database, OpenFailure> {
  let database: Database | undefined;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    accessSync(path.dirname(file), constants.W_OK);
    database = new SqliteDatabase(file, { timeout: 5000 });
    const found = Number(database.pragma('user_version', { simple: true }));
    if (found > MIGRATIONS.length) {
      database.close();
      return failed({ code: 'newer', found, known: MIGRATIONS.length });
    }
    prepare(database, found);
    return ok(database);
  } catch (error) {
    database?.close();
    return failed({ code: causeOf(error), detail: String(error) });
  }
}

function prepare(database: Database, found: number): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // What an account leaves behind is overwritten, not only unlinked.
  database.pragma('secure_delete = ON');
  const migrate = database.transaction((pending: readonly string[]) => {
    for (const statements of pending) database.exec(statements);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  });
  migrate.immediate(MIGRATIONS.slice(found));
  // The proof that it can be written, also when no migration was pending.
  database
    .prepare(
      `INSERT INTO meta VALUES ('opened', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1`,
    )
    .run();
}
