import { sql } from 'kysely';
import type { Migration } from '../migrate.js';
import { withPosition } from './position-column.js';

/**
 * Chains, receipts and keys. The table of decisions is built anew, because what is erased leaves no words and a bare
 * decision stands in no chain: both columns may be empty now. What was there becomes bare decisions without a receipt.
 */
export const ledgerMigration: Migration = {
  number: 5,
  name: 'ledger',
  async up(db, kind) {
    await db.schema
      .createTable('device_keys')
      .addColumn('account_id', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('kid', 'text', (column) => column.notNull())
      .addColumn('jwk', 'text', (column) => column.notNull())
      .addColumn('since_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('device_keys_key', ['account_id', 'device_id', 'kid'])
      .execute();
    await db.schema
      .createTable('signing_keys')
      .addColumn('kid', 'text', (column) => column.primaryKey())
      .addColumn('private_jwk', 'text', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('retired_at_ms', 'bigint')
      .execute();
    await db.schema
      .createTable('chains')
      .addColumn('chain', 'text', (column) => column.primaryKey())
      .addColumn('account_id', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('first_seq', 'bigint', (column) => column.notNull())
      .addColumn('last_seq', 'bigint', (column) => column.notNull())
      .addColumn('last_hash', 'text', (column) => column.notNull())
      .execute();
    await withPosition(db.schema.createTable('entries'), kind)
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('account_id', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('chain', 'text')
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('decision', 'text')
      .addColumn('salt', 'text')
      .addColumn('remains', 'text')
      .addColumn('prev', 'text')
      .addColumn('payload_hash', 'text')
      .addColumn('entry_hash', 'text')
      .addColumn('kid', 'text')
      .addColumn('signature', 'text')
      .addColumn('refused', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('receipt', 'text')
      .addColumn('received_at_ms', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('entries_by_chain', ['chain', 'seq'])
      .execute();
    // A run of numbers was named by the device's id until now.
    await sql`insert into entries (position, id, account_id, device_id, seq, decision, received_at_ms)
      select position, id, account_id, chain, seq, decision, received_at_ms from decisions`.execute(
      db,
    );
    await db.schema.dropTable('decisions').execute();
    await db.schema
      .createIndex('entries_by_account')
      .on('entries')
      .columns(['account_id', 'position'])
      .execute();
    await sql`create unique index entries_bare_by_seq on entries (account_id, device_id, seq)
      where chain is null`.execute(db);
  },
};
