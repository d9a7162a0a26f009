import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createPostgresStore } from './store/postgres.js';
import { createSqliteStore, openSqliteFile } from './store/sqlite.js';
import type { Store } from './store/store.js';

/** Where the database is. */
export interface DatabasePlace {
  /** Folder of the SQLite file. */
  readonly data: string;
  /** Address of a PostgreSQL database, which goes before the folder. */
  readonly database: string | undefined;
}

/**
 * Opens the database and brings it to the newest shape.
 * @throws an error that says what is wrong, with the SQLite file's name, but never with an address, which may hold a password.
 */
export async function openStore({ data, database }: DatabasePlace, nowMs: number): Promise<Store> {
  if (database === undefined) return openFile(data, nowMs);
  try {
    return await createPostgresStore(database, nowMs);
  } catch (error) {
    throw new Error(`cannot use the database: ${reasonOf(error)}`, { cause: error });
  }
}

async function openFile(data: string, nowMs: number): Promise<Store> {
  // Only for the owner: it holds password hashes, decisions and the key that receipts are signed with.
  await mkdir(data, { recursive: true, mode: 0o700 });
  const file = join(data, 'server.db');
  try {
    // SQLite would make the file as open as the process's mask allows; in a folder that was there before, that counts.
    await (await open(file, 'a', 0o600)).close();
    return await createSqliteStore(openSqliteFile(file), nowMs);
  } catch (error) {
    throw new Error(`cannot use ${file}: ${reasonOf(error)}`, { cause: error });
  }
}

/** What an error says, and what lies behind it, such as a refused connection behind a database that cannot be reached. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The error of several tries to connect has no words of its own.
  const own = error.message || ('code' in error ? String(error.code) : error.name);
  return error.cause === undefined ? own : `${own}: ${reasonOf(error.cause)}`;
}
