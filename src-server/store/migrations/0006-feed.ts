import { sql } from 'kysely';
import type { Migration } from '../migrate.js';

/**
 * What tells a cursor's origin: the database's own random id, and a note of every place that an entry has left for a later
 * one, so that a cursor behind it is not taken for one of another history. Held headers are told from others.
 */
export const feedMigration: Migration = {
  number: 6,
  name: 'feed',
  async up(db, kind) {
    await db.schema
      .createTable('feed')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .execute();
    // 16 hexadecimal digits. PostgreSQL has no random bytes of its own without an extension; a version 4 UUID has 122 bits.
    const random =
      kind === 'sqlite'
        ? sql`lower(hex(randomblob(8)))`
        : sql`left(md5(gen_random_uuid()::text), 16)`;
    await sql`insert into feed (id) values (${random})`.execute(db);
    await db.schema
      .createTable('left_places')
      .addColumn('account_id', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('position', 'bigint', (column) => column.notNull())
      .addColumn('mark', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('left_places_key', ['account_id', 'position'])
      .execute();
    await db.schema
      .alterTable('entries')
      .addColumn('held', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
