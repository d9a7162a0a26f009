import { sql } from 'kysely';
import type { Migration } from '../migrate.js';

/**
 * What several servers on one database need: at most one signing key in use, held by the database itself; and indexes for
 * looking up a device's key by its id and for erasing an account.
 */
export const sharedMigration: Migration = {
  number: 7,
  name: 'shared',
  async up(db) {
    // Two processes that began at the same moment may have left two; the newest one is what they sign with.
    await sql`update signing_keys set retired_at_ms = created_at_ms
      where retired_at_ms is null and kid <> (
        select kid from signing_keys where retired_at_ms is null
        order by created_at_ms desc, kid limit 1
      )`.execute(db);
    await sql`create unique index signing_keys_in_use on signing_keys ((retired_at_ms is null))
      where retired_at_ms is null`.execute(db);
    await db.schema.createIndex('device_keys_by_kid').on('device_keys').columns(['kid']).execute();
    await db.schema.createIndex('chains_by_account').on('chains').columns(['account_id']).execute();
  },
};
