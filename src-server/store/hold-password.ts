import type { Transaction } from 'kysely';
import type { Tables } from './tables.js';

/**
 * Makes sure that an account still has the password that was just checked, until this transaction ends. Checking one takes
 * a while, and a sign-in with a password that is changed meanwhile must leave no session behind. Written as an update that
 * changes nothing, because that locks the row in either kind of database.
 * @returns false when the password is another one by now, or the account is gone.
 */
export async function holdPassword(
  transaction: Transaction<Tables>,
  accountId: string,
  passwordHash: string,
): Promise<boolean> {
  const held = await transaction
    .updateTable('accounts')
    .set({ password_hash: passwordHash })
    .where('id', '=', accountId)
    .where('password_hash', '=', passwordHash)
    .executeTakeFirst();
  return held.numUpdatedRows > 0n;
}
