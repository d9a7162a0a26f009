import { sql } from 'kysely';
import type { Migration } from '../migrate.js';

/** Every hash of a revoke handle, claimed once: by the sign-in that brings it or by the revocation that overtook it. */
export const revokeClaimsMigration: Migration = {
  number: 8,
  name: 'revoke-claims',
  async up(db) {
    await db.schema
      .createTable('revoke_claims')
      .addColumn('service', 'text', (column) => column.notNull())
      .addColumn('revoke_hash', 'text', (column) => column.notNull())
      .addColumn('has_session', 'integer', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('revoke_claims_by_hash', ['service', 'revoke_hash'])
      .execute();
    await db.schema
      .createIndex('revoke_claims_by_age')
      .on('revoke_claims')
      .columns(['has_session', 'at_ms'])
      .execute();
    await sql`insert into revoke_claims (service, revoke_hash, has_session, at_ms)
      select service, revoke_hash, 1, created_at_ms from sessions
      where revoke_hash is not null`.execute(db);
  },
};
