import type { Migration } from '../migrate.js';

/** Sessions, found by the hash of their token or of their revoke handle. */
export const sessionsMigration: Migration = {
  number: 2,
  name: 'sessions',
  async up(db) {
    await db.schema
      .createTable('sessions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('account_id', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('service', 'text', (column) => column.notNull())
      .addColumn('token_hash', 'text', (column) => column.notNull().unique())
      .addColumn('revoke_hash', 'text')
      .addColumn('device_id', 'text', (column) => column.notNull())
      .addColumn('device_name', 'text', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('last_used_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('ended_at_ms', 'bigint')
      .addUniqueConstraint('sessions_by_revoke_hash', ['service', 'revoke_hash'])
      .execute();
    await db.schema
      .createIndex('sessions_by_account')
      .on('sessions')
      .columns(['account_id'])
      .execute();
    await db.schema
      .createIndex('sessions_by_expiry')
      .on('sessions')
      .columns(['expires_at_ms'])
      .execute();
  },
};
