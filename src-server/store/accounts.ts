import type { Kysely } from 'kysely';
import { eraseAccount } from './erase-account.js';
import { isTaken } from './failures.js';
import { holdPassword } from './hold-password.js';
import type { AccountsTable, Tables } from './tables.js';
import type { Transact } from './transactions.js';

export type AccountRow = Readonly<AccountsTable>;

/** Another password for an account. */
export interface PasswordChange {
  readonly accountId: string;
  /** The hash that the current password was found to fit. */
  readonly from: string;
  /** The hash of the new password. */
  readonly to: string;
  /** The session that stays; all others of the account end. */
  readonly sessionId: string;
  readonly atMs: number;
}

/** The accounts of every service. */
export interface AccountStore {
  /** Keeps a new account; false, and nothing kept, when the service already has one under that address. */
  add(account: AccountRow): Promise<boolean>;
  find(id: string): Promise<AccountRow | undefined>;
  findByEmail(service: string, emailKey: string): Promise<AccountRow | undefined>;
  /** Changes the password and ends all other sessions in one transaction; false when `from` is not the password any more. */
  changePassword(change: PasswordChange): Promise<boolean>;
  /** Erases an account and all that is its own. */
  erase(id: string): Promise<void>;
}

/** Accounts in a database of either kind. */
export function createAccountStore(db: Kysely<Tables>, transact: Transact): AccountStore {
  return {
    async add(account) {
      try {
        await db.insertInto('accounts').values(account).execute();
        return true;
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
    },
    find: (id) => db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst(),
    findByEmail(service, emailKey) {
      return db
        .selectFrom('accounts')
        .selectAll()
        .where('service', '=', service)
        .where('email_key', '=', emailKey)
        .executeTakeFirst();
    },
    changePassword: ({ accountId, from, to, sessionId, atMs }) =>
      transact(async (transaction) => {
        if (!(await holdPassword(transaction, accountId, from))) return false;
        await transaction
          .updateTable('accounts')
          .set({ password_hash: to })
          .where('id', '=', accountId)
          .execute();
        await transaction
          .updateTable('sessions')
          .set({ ended_at_ms: atMs })
          .where('account_id', '=', accountId)
          .where('id', '<>', sessionId)
          .where('ended_at_ms', 'is', null)
          .execute();
        return true;
      }),
    erase: (id) => transact((transaction) => eraseAccount(transaction, id)),
  };
}
