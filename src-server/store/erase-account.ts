import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.js';

/**
 * Erases an account with everything that is its own: sessions, decisions, chains, device keys, and what was noted of its
 * opt-out signals (GDPR Art. 17). All of it hangs on the account's row and goes with it. Nothing has to stay for others, since no
 * chain leads from one account into another. What stays says nothing about anybody: hashes of tokens, so that the account's other
 * devices hear that their sessions have ended, and clear up.
 */
export async function eraseAccount(
  transaction: Transaction<Tables>,
  accountId: string,
): Promise<void> {
  // An update that changes nothing holds the row in either kind of database, so that nobody signs in between the two.
  await transaction
    .updateTable('accounts')
    .set((account) => ({ created_at_ms: account.ref('created_at_ms') }))
    .where('id', '=', accountId)
    .execute();
  await transaction
    .insertInto('erased_sessions')
    .columns(['token_hash', 'service', 'expires_at_ms'])
    .expression((from) =>
      from
        .selectFrom('sessions')
        .select(['token_hash', 'service', 'expires_at_ms'])
        .where('account_id', '=', accountId),
    )
    .execute();
  await transaction.deleteFrom('accounts').where('id', '=', accountId).execute();
}

/** Whether a token is of an account that was erased, and would still be good otherwise. */
export async function wasErased(
  db: Kysely<Tables>,
  service: string,
  tokenHash: string,
  nowMs: number,
): Promise<boolean> {
  const found = await db
    .selectFrom('erased_sessions')
    .select('token_hash')
    .where('token_hash', '=', tokenHash)
    .where('service', '=', service)
    .where('expires_at_ms', '>', nowMs)
    .executeTakeFirst();
  return found !== undefined;
}

/** Forgets those that would have run out by now. */
export async function forgetErased(db: Kysely<Tables>, nowMs: number): Promise<void> {
  await db.deleteFrom('erased_sessions').where('expires_at_ms', '<=', nowMs).execute();
}
