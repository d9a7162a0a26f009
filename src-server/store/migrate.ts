import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.js';

/** One numbered step of the database's shape. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly up: (db: Transaction<Tables>) => Promise<void>;
}

/** The database has been through migrations this server does not know, so it must not be touched. */
export class NewerDatabaseError extends Error {
  constructor(
    readonly found: number,
    readonly known: number,
  ) {
    super(
      `the database is at version ${found} and this server knows versions up to ${known}: ` +
        'use the newer server; nothing has been changed',
    );
    this.name = 'NewerDatabaseError';
  }
}

/**
 * Brings the database to the newest shape. Each migration and the note that it ran are one transaction, so a crash in
 * between leaves either both or neither.
 * @param nowMs what to note as the time, milliseconds since 1970.
 * @throws NewerDatabaseError when a newer server has been here.
 */
export async function migrate(
  db: Kysely<Tables>,
  migrations: readonly Migration[],
  nowMs: number,
): Promise<void> {
  await db.schema
    .createTable('schema_migrations')
    .ifNotExists()
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('applied_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  const rows = await db.selectFrom('schema_migrations').select('number').execute();
  const found = Math.max(0, ...rows.map((row) => row.number));
  const known = Math.max(0, ...migrations.map((migration) => migration.number));
  if (found > known) throw new NewerDatabaseError(found, known);
  for (const migration of migrations) {
    if (migration.number > found) await apply(db, migration, nowMs);
  }
}

async function apply(db: Kysely<Tables>, migration: Migration, nowMs: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await migration.up(transaction);
    await transaction
      .insertInto('schema_migrations')
      .values({ number: migration.number, name: migration.name, applied_at_ms: nowMs })
      .execute();
  });
}
