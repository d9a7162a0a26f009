import { setTimeout } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import { migrate } from './migrate.js';
import { migrations } from './migrations/index.js';
import { announceOverPostgres } from './postgres-announcements.js';
import { connectionOf, createPatientPostgresPool, createPostgresPool } from './postgres-pool.js';
import { takeOnPostgres } from './postgres-take.js';
import { createStore, type Store } from './store.js';
import type { Tables } from './tables.js';
import { createTransact, jitteredPause } from './transactions.js';

/** How often the connection that listens is proven to be alive, in milliseconds. */
const CHECK_LISTENER_EVERY_MS = 10_000;

/**
 * The store on a PostgreSQL database that any number of servers may share. Brings it to the newest shape first.
 * @param address `postgres://…`; a password that is not in it is taken from `PGPASSWORD` or the password file.
 * @throws NewerDatabaseError when a newer server has used the database; StoreAwayError when it cannot be reached. Neither
 * repeats the address. Nothing is left open then.
 */
export async function createPostgresStore(address: string, nowMs: number): Promise<Store> {
  await bringUpToDate(address, nowMs);
  const dialect = new PostgresDialect({ pool: createPostgresPool(address) });
  const db = new Kysely<Tables>({ dialect });
  let release = (): Promise<void> => Promise.resolve();
  try {
    const { announcements, stop } = await announceOverPostgres(db, {
      config: connectionOf(address),
      random: Math.random,
      checkEveryMs: CHECK_LISTENER_EVERY_MS,
    });
    release = stop;
    const transact = createTransact(db, jitteredPause(Math.random, setTimeout));
    return await createStore(db, {
      announcements,
      transact,
      take: (delivery) => transact((transaction) => takeOnPostgres(transaction, delivery)),
      release,
    });
  } catch (error) {
    await release();
    await db.destroy();
    throw error;
  }
}

async function bringUpToDate(address: string, nowMs: number): Promise<void> {
  const dialect = new PostgresDialect({ pool: createPatientPostgresPool(address) });
  const db = new Kysely<Tables>({ dialect });
  try {
    await migrate(db, migrations, nowMs, 'postgres');
  } finally {
    await db.destroy();
  }
}
