import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** The database's own random id, 16 hexadecimal digits. It never changes, so it may be read once. */
export async function readFeed(db: Kysely<Tables>): Promise<string> {
  const { id } = await db.selectFrom('feed').select('id').executeTakeFirstOrThrow();
  return id;
}
