import type { Migration } from '../migrate.js';

/** Decisions in order of arrival; their id and their place in their chain are both taken only once. */
export const decisionsMigration: Migration = {
  number: 3,
  name: 'decisions',
  async up(db) {
    await db.schema
      .createTable('decisions')
      // AUTOINCREMENT never hands out a number twice, also not after a deletion, which a cursor relies on.
      .addColumn('position', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('account_id', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('chain', 'text', (column) => column.notNull())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('decision', 'text', (column) => column.notNull())
      .addColumn('received_at_ms', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('decisions_by_seq', ['account_id', 'chain', 'seq'])
      .execute();
    await db.schema
      .createIndex('decisions_by_account')
      .on('decisions')
      .columns(['account_id', 'position'])
      .execute();
  },
};
