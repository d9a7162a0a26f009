import type { Migration } from '../migrate.js';
import { withPosition } from './position-column.js';

/** Decisions in order of arrival; their id and their place in their chain are both taken only once. */
export const decisionsMigration: Migration = {
  number: 3,
  name: 'decisions',
  async up(db, kind) {
    await withPosition(db.schema.createTable('decisions'), kind)
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
