import type { Kysely } from 'kysely';
import type { AccountRow } from './accounts.js';
import type { ProviderPersonsTable, Tables } from './tables.js';
import type { Transact } from './transactions.js';

/** Who somebody is at a provider, for one service. */
export type ProviderPerson = Readonly<Omit<ProviderPersonsTable, 'account_id'>>;

/** The people who sign in at a provider. */
export interface ProviderPersonStore {
  /**
   * The account of a person; made from `made` where there is none yet. Two who ask at once get the same one. An account that
   * was made with a password is never taken, whatever its address: nobody has proved to be the same person.
   */
  accountOf(person: ProviderPerson, made: () => AccountRow): Promise<AccountRow>;
  /** The account of a person who has one, by its id. */
  findAccount(person: ProviderPerson): Promise<string | undefined>;
  /** Whether an account is signed in to at a provider. */
  has(accountId: string): Promise<boolean>;
  /** Takes over the address that the provider has now; it is shown, and nothing is found by it. */
  setEmail(accountId: string, email: string): Promise<void>;
}

/** People of providers in a database of either kind. */
export function createProviderPersonStore(
  db: Kysely<Tables>,
  transact: Transact,
): ProviderPersonStore {
  return {
    accountOf: ({ service, issuer, subject }, made) =>
      // Runs again from its start where another one was quicker, and then finds what that one has made.
      transact(async (transaction) => {
        const found = await transaction
          .selectFrom('provider_persons')
          .innerJoin('accounts', 'accounts.id', 'provider_persons.account_id')
          .selectAll('accounts')
          .where('provider_persons.service', '=', service)
          .where('provider_persons.issuer', '=', issuer)
          .where('provider_persons.subject', '=', subject)
          .executeTakeFirst();
        if (found) return found;
        const account = made();
        await transaction.insertInto('accounts').values(account).execute();
        await transaction
          .insertInto('provider_persons')
          .values({ service, issuer, subject, account_id: account.id })
          .execute();
        return account;
      }),
    async findAccount({ service, issuer, subject }) {
      const found = await db
        .selectFrom('provider_persons')
        .select('account_id')
        .where('service', '=', service)
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst();
      return found?.account_id;
    },
    async has(accountId) {
      const found = await db
        .selectFrom('provider_persons')
        .select('account_id')
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return found !== undefined;
    },
    async setEmail(accountId, email) {
      await db.updateTable('accounts').set({ email }).where('id', '=', accountId).execute();
    },
  };
}
