import { sql, type Kysely, type Transaction } from 'kysely';
import type { DatabaseKind } from './kind.js';
import type { Tables } from './tables.js';

/** One numbered step of the database's shape, for either kind of database. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly up: (db: Transaction<Tables>, kind: DatabaseKind) => Promise<void>;
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

/** The number under which servers that migrate one PostgreSQL database wait for one another: "sayso" in ASCII. */
const LOCK = 0x73_61_79_73_6f;

/**
 * Brings the database to the newest shape. Each migration and the note that it ran are one transaction, so a crash in
 * between leaves either both or neither. Servers that start on one PostgreSQL database at once take turns, and each looks
 * again once it is its turn.
 * @param nowMs what to note as the time, milliseconds since 1970.
 * @throws NewerDatabaseError when a newer server has been here.
 */
export async function migrate(
  db: Kysely<Tables>,
  migrations: readonly Migration[],
  nowMs: number,
  kind: DatabaseKind = 'sqlite',
): Promise<void> {
  const inTurn = (work: (transaction: Transaction<Tables>) => Promise<void>): Promise<void> =>
    db.transaction().execute(async (transaction) => {
      if (kind === 'postgres')
        await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction);
      await work(transaction);
    });
  // Beside others, PostgreSQL may fail on "if not exists", so this waits for its turn too.
  await inTurn(noteMigrations);
  const found = await newestOf(db);
  const known = Math.max(0, ...migrations.map((migration) => migration.number));
  if (found > known) throw new NewerDatabaseError(found, known);
  for (const { number, name, up } of migrations.filter((one) => one.number > found)) {
    await inTurn(async (transaction) => {
      if ((await newestOf(transaction)) >= number) return;
      await up(transaction, kind);
      await transaction
        .insertInto('schema_migrations')
        .values({ number, name, applied_at_ms: nowMs })
        .execute();
    });
  }
}

async function noteMigrations(transaction: Transaction<Tables>): Promise<void> {
  await transaction.schema
    .createTable('schema_migrations')
    .ifNotExists()
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('applied_at_ms', 'bigint', (column) => column.notNull())
    .execute();
}

async function newestOf(db: Kysely<Tables>): Promise<number> {
  const rows = await db.selectFrom('schema_migrations').select('number').execute();
  return Math.max(0, ...rows.map((row) => row.number));
}
