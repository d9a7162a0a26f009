import type { Migration } from '../migrate.js';

/** The sessions of accounts that were erased, by nothing but the hashes of their tokens, for as long as they would have lasted. */
export const erasedSessionsMigration: Migration = {
  number: 10,
  name: 'erased-sessions',
  async up(db) {
    await db.schema
      .createTable('erased_sessions')
      .addColumn('token_hash', 'text', (column) => column.primaryKey())
      .addColumn('service', 'text', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('erased_sessions_by_expiry')
      .on('erased_sessions')
      .columns(['expires_at_ms'])
      .execute();
  },
};
