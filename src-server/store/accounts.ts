import type { Kysely } from 'kysely';
import { isTaken } from './failures.js';
import type { AccountsTable, Tables } from './tables.js';

export type AccountRow = Readonly<AccountsTable>;

/** The accounts of every service. */
export interface AccountStore {
  /** Keeps a new account; false, and nothing kept, when the service already has one under that address. */
  add(account: AccountRow): Promise<boolean>;
  findByEmail(service: string, emailKey: string): Promise<AccountRow | undefined>;
}

/** Accounts in a database of either kind. */
export function createAccountStore(db: Kysely<Tables>): AccountStore {
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
    findByEmail(service, emailKey) {
      return db
        .selectFrom('accounts')
        .selectAll()
        .where('service', '=', service)
        .where('email_key', '=', emailKey)
        .executeTakeFirst();
    },
  };
}
