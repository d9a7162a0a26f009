import { sql } from 'kysely';
import type { Migration } from '../migrate.js';

/**
 * Receipts of one request share a signature and most of their tree. What they have in common is kept once, so that an entry
 * takes half the room. Those that are there stay as they are.
 */
export const receiptBatchesMigration: Migration = {
  number: 11,
  name: 'receipt-batches',
  async up(db, kind) {
    const table = db.schema.createTable('receipt_batches');
    const numbered =
      kind === 'sqlite'
        ? table.addColumn('batch', 'integer', (column) => column.primaryKey().autoIncrement())
        : table.addColumn('batch', 'bigint', (column) =>
            column.primaryKey().generatedByDefaultAsIdentity(),
          );
    await numbered
      .addColumn('account_id', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('jws', 'text', (column) => column.notNull())
      .addColumn('leaves', 'text', (column) => column.notNull())
      .addColumn('members', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('receipt_batches_by_account')
      .on('receipt_batches')
      .columns(['account_id'])
      .execute();
    await db.schema.alterTable('entries').addColumn('receipt_batch', 'bigint').execute();
    await db.schema.alterTable('entries').addColumn('receipt_index', 'bigint').execute();
    if (kind === 'sqlite') await withoutSecondCopy(db);
  },
};

/** In SQLite a table is a copy of its key beside the key, unless it is told to be the key alone. */
async function withoutSecondCopy(db: Parameters<Migration['up']>[0]): Promise<void> {
  await sql`create table superseded_once (
    account_id text not null references accounts (id) on delete cascade,
    superseded_id text not null,
    purpose text not null,
    primary key (account_id, superseded_id, purpose)
  ) without rowid`.execute(db);
  await sql`insert into superseded_once select account_id, superseded_id, purpose from supersessions`.execute(
    db,
  );
  await sql`drop table supersessions`.execute(db);
  await sql`alter table superseded_once rename to supersessions`.execute(db);
}
