import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
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
    assertWritable(path.dirname(file));
    mkdirSync(path.dirname(file), { recursive: true });
    const found = existsSync(file) ? versionOf(file) : 0;
    if (found > MIGRATIONS.length) {
      return failed({ code: 'newer', found, known: MIGRATIONS.length });
    }
    database = new SqliteDatabase(file, { timeout: 5000 });
    prepare(database, found);
    return ok(database);
  } catch (error) {
    database?.close();
    return failed({ code: causeOf(error), detail: String(error) });
  }
}

/**
 * Reads the schema's number without touching a byte: closing a writer would fold a newer version's log into its file, and
 * even a reader of a file without a log would leave an empty one behind.
 */
function versionOf(file: string): number {
  const log = `${file}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) return versionInHeader(file);
  const reader = new SqliteDatabase(file, { readonly: true, timeout: 5000 });
  try {
    return Number(reader.pragma('user_version', { simple: true }));
  } finally {
    reader.close();
  }
}

/** The number as it stands in the file itself (SQLite's file format, section 1.3: offset 60); 0 for what is no database. */
function versionInHeader(file: string): number {
  const header = Buffer.alloc(64);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return header.toString('latin1', 0, 15) === 'SQLite format 3' ? header.readUInt32BE(60) : 0;
}

/** Asks the nearest folder that exists: making a folder on a read-only disk only says that there is none. */
function assertWritable(folder: string): void {
  const parent = path.dirname(folder);
  if (!existsSync(folder) && parent !== folder) assertWritable(parent);
  else accessSync(folder, constants.W_OK);
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
