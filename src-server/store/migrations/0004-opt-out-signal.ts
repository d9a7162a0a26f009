import type { Migration } from '../migrate.js';

/**
 * What it takes to say whether an opt-out signal still stands without reading an account's history: what signals denied,
 * and what has been superseded. Either may arrive first, so both are noted.
 */
export const optOutSignalMigration: Migration = {
  number: 4,
  name: 'opt-out-signal',
  async up(db) {
    await db.schema
      .createTable('supersessions')
      .addColumn('account_id', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('superseded_id', 'text', (column) => column.notNull())
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('supersessions_key', ['account_id', 'superseded_id', 'purpose'])
      .execute();
    await db.schema
      .createTable('signal_denials')
      .addColumn('account_id', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('decision_id', 'text', (column) => column.notNull())
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('signal_denials_key', ['account_id', 'decision_id', 'purpose'])
      .execute();
  },
};
