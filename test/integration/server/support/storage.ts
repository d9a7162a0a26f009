import { join } from 'node:path';
import { createSqliteStore, openSqliteFile } from '../../../../src-server/store/sqlite.js';
import { createPostgresStore } from '../../../../src-server/store/postgres.js';
import type { Store } from '../../../../src-server/store/store.js';

/** What a test server keeps things in. */
export interface Storage {
  readonly store: Store;
  /** The open SQLite file; only where there is one. */
  readonly database: ReturnType<typeof openSqliteFile>;
  readonly databaseFile: string;
  /** The address of the PostgreSQL database, where it is one. */
  readonly address: string | undefined;
}

/**
 * What servers of this test file are started on when they are not told: a new SQLite file, unless the file says otherwise. So
 * the same journeys run on either, from two files.
 */
export const storageOfThisFile: { newAddress: (() => Promise<string>) | undefined } = {
  newAddress: undefined,
};

export async function openStorage(
  folder: string,
  nowMs: number,
  address: string | undefined,
): Promise<Storage> {
  if (address !== undefined) return onPostgres(await createPostgresStore(address, nowMs), address);
  const databaseFile = join(folder, 'server.db');
  const database = openSqliteFile(databaseFile);
  const store = await createSqliteStore(database, nowMs);
  return { store, database, databaseFile, address };
}

function onPostgres(store: Store, address: string): Storage {
  const noFile = (): never => {
    throw new Error('this journey looks into a SQLite file and cannot run on PostgreSQL');
  };
  return {
    store,
    address,
    get database() {
      return noFile();
    },
    get databaseFile() {
      return noFile();
    },
  };
}
