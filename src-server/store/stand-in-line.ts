import type { Transaction } from 'kysely';
import type { Tables } from './tables.js';

/**
 * Waits until no other transaction writes for this account, and keeps others waiting until this one ends.
 *
 * Two things rest on it where several processes write at once: what was read of the account stays true until the commit,
 * and positions, which are handed out afterwards, come to be seen in their order, so no reader's cursor passes one that is
 * still on its way. Locking the account's row does both without stopping other accounts or anybody who only refers to it.
 */
export async function standInLine(
  transaction: Transaction<Tables>,
  accountId: string,
): Promise<void> {
  // An account that is gone is found out by what is written for it.
  await transaction
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', accountId)
    .forNoKeyUpdate()
    .execute();
}
