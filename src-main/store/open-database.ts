import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type Sqlite from 'better-sqlite3';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { MIGRATIONS } from './migrations/index.js';
import { SqliteDatabase } from './sqlite.js';
import { causeOf, hasDiskFailed } from './sqlite-failure.js';
import { versionInHeader } from './version-in-header.js';

export type Database = Sqlite.Database;

/** Why the database cannot be used. Whatever it is, the file was left as it was found. */
export type OpenFailure =
  | { readonly code: 'newer'; readonly found: number; readonly known: number }
  /** `broken`: what is in the file cannot be used. `disk-error`: it could not be read or written, whatever is in it. */
  | {
      readonly code: 'read-only' | 'full' | 'busy' | 'broken' | 'disk-error';
      readonly detail: string;
    };

/** What an error means for the profile whose database threw it. */
export function openFailureOf(error: unknown): Exclude<OpenFailure, { readonly code: 'newer' }> {
  return { code: hasDiskFailed(error) ? 'disk-error' : causeOf(error), detail: String(error) };
}

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
    const lacking = lackOf(file);
    if (lacking !== null) return failed({ code: 'broken', detail: lacking });
    const found = existsSync(file) ? versionOf(file) : 0;
    if (found > MIGRATIONS.length) {
      return failed({ code: 'newer', found, known: MIGRATIONS.length });
    }
    const wasCutShort = sizeOf(`${file}-wal`) > 0;
    database = new SqliteDatabase(file, { timeout: 5000 });
    prepare(database, found);
    if (wasCutShort) cutLog(database);
    return ok(database);
  } catch (error) {
    database?.close();
    return failed(openFailureOf(error));
  }
}

/**
 * What was deleted right before a crash is overwritten in the file, and the log still holds it until it is cut. Where the disk
 * does not take that now, the log stays for a later start: it is as good as the file, and nobody is kept from their choices.
 */
function cutLog(database: Database): void {
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (!(error instanceof SqliteDatabase.SqliteError)) throw error;
  }
}

/** What keeps this from being a database at all, looked at before SQLite does; null where nothing does. */
function lackOf(file: string): string | null {
  if (existsSync(file) && !statSync(file).isFile()) return 'is not a file';
  // SQLite would delete a log without its database, and begin anew.
  return sizeOf(file) === 0 && sizeOf(`${file}-wal`) > 0 ? 'only its log is left' : null;
}

const sizeOf = (part: string): number => (existsSync(part) ? statSync(part).size : 0);

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
  const bringUpToDate = database.transaction((pending: readonly string[]) => {
    for (const statements of pending) database.exec(statements);
    if (pending.length > 0) database.pragma(`user_version = ${MIGRATIONS.length}`);
    // The proof that it can be written, also when no migration was pending; one wait for the disk covers both.
    database
      .prepare(
        `INSERT INTO meta VALUES ('opened', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1`,
      )
      .run();
  });
  bringUpToDate.immediate(MIGRATIONS.slice(found));
}
