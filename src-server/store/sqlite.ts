import { setImmediate, setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { createLocalAnnouncements } from './announcements.js';
import { createGroupCommit } from './group-commit.js';
import { withGentleRollback } from './gentle-rollback.js';
import { migrate } from './migrate.js';
import { migrations } from './migrations/index.js';
import { quickReads } from './sqlite-reads.js';
import { takeOnSqlite } from './sqlite-take.js';
import { withStatementCache } from './statement-cache.js';
import { createStore, type Store } from './store.js';
import type { Tables } from './tables.js';
import { createTransact, jitteredPause } from './transactions.js';

/** How long a call waits for another process that holds the file, in milliseconds. Short, because it blocks every call. */
const BUSY_TIMEOUT_MS = 250;

/**
 * Opens one SQLite file. Commits are on disk before they are answered (WAL with `synchronous=FULL`), because a client
 * drops a decision from its outbox on the strength of that answer.
 * @throws whatever SQLite says about a file that cannot be opened.
 */
export function openSqliteFile(file: string): Database.Database {
  const database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // Four times the usual length of the log, so that pages written again and again reach the file less often.
    database.pragma('wal_autocheckpoint = 4000');
    // What is erased is overwritten with zeros, not merely left out.
    database.pragma('secure_delete = ON');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * The store on an open SQLite database, which it closes when it is closed itself.
 * @throws NewerDatabaseError when a newer server has used the file; the database is closed then.
 */
export async function createSqliteStore(
  database: Database.Database,
  nowMs: number,
): Promise<Store> {
  const dialect = new SqliteDialect({ database: withStatementCache(withGentleRollback(database)) });
  const db = new Kysely<Tables>({ dialect });
  try {
    await migrate(db, migrations, nowMs);
    const inTransaction = database.transaction((work: () => void) => {
      work();
    });
    const { transact, share, expect } = createGroupCommit(
      createTransact(db, jitteredPause(Math.random, setTimeout)),
      (work) => {
        inTransaction.immediate(work);
      },
      setImmediate,
    );
    const takeNow = takeOnSqlite(database);
    return await createStore(db, {
      announcements: createLocalAnnouncements(),
      transact,
      take: (delivery) => share(() => takeNow(delivery), delivery.entries.length),
      expect,
      quick: (behind) => quickReads(database, behind),
      release: () => Promise.resolve(),
    });
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
