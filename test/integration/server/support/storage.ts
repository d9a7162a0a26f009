import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createSqliteStore, openSqliteFile } from '../../../../src-server/store/sqlite.js';
import { createPostgresStore } from '../../../../src-server/store/postgres.js';
import type { Store } from '../../../../src-server/store/store.js';
import { postgresDatabase } from './postgres-storage.js';

export type Row = Readonly<Record<string, unknown>>;

/** What a test server keeps things in. */
export interface Storage {
  readonly store: Store;
  /** The open SQLite file; only where there is one. */
  readonly database: ReturnType<typeof openSqliteFile>;
  readonly databaseFile: string;
  /** The address of the PostgreSQL database, where it is one. */
  readonly address: string | undefined;
  /** Every row of every table by its name, read past the product. */
  readonly tables: () => Promise<ReadonlyMap<string, readonly Row[]>>;
  /** Keeps the database as it is; to be called while no server runs on it. */
  readonly copy: () => Promise<void>;
  /** Puts the copy in the place of the database, as from a backup; to be called while no server runs on it. */
  readonly putBack: () => Promise<void>;
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
  const copy = `${databaseFile}.copy`;
  return {
    store,
    database,
    databaseFile,
    address,
    tables() {
      const select = `select name from sqlite_master where type = 'table'`;
      const names = database.prepare<[], string>(select).pluck().all();
      const rowsOf = (name: string) => database.prepare<[], Row>(`select * from "${name}"`).all();
      return Promise.resolve(new Map(names.map((name) => [name, rowsOf(name)])));
    },
    // One file is all there is: whoever closed it last has put its log into it.
    copy: () => copyFile(databaseFile, copy),
    async putBack() {
      await rm(`${databaseFile}-wal`, { force: true });
      await copyFile(copy, databaseFile);
    },
  };
}

function onPostgres(store: Store, address: string): Storage {
  const noFile = (): never => {
    throw new Error('this journey looks into a SQLite file and cannot run on PostgreSQL');
  };
  return {
    store,
    address,
    ...postgresDatabase(address),
    get database() {
      return noFile();
    },
    get databaseFile() {
      return noFile();
    },
  };
}
