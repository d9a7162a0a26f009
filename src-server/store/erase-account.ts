import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/**
 * Erases an account with everything that is its own: sessions, decisions, chains, device keys, and what was noted of its
 * opt-out signals (GDPR Art. 17). All of it hangs on the account's row and goes with it, in one statement. Nothing has to
 * stay for others, since no chain leads from one account into another.
 */
export async function eraseAccount(db: Kysely<Tables>, accountId: string): Promise<void> {
  await db.deleteFrom('accounts').where('id', '=', accountId).execute();
}
