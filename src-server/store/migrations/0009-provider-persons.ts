import type { Migration } from '../migrate.js';

/** Accounts that are signed in to at a provider, each person there with one account of a service. */
export const providerPersonsMigration: Migration = {
  number: 9,
  name: 'provider-persons',
  async up(db) {
    await db.schema
      .createTable('provider_persons')
      .addColumn('service', 'text', (column) => column.notNull())
      .addColumn('issuer', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('account_id', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('provider_persons_key', ['service', 'issuer', 'subject'])
      .execute();
    await db.schema
      .createIndex('provider_persons_by_account')
      .on('provider_persons')
      .columns(['account_id'])
      .execute();
  },
};
