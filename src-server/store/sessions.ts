import type { Kysely } from 'kysely';
import type { DeviceKey } from '../../src-shared/ledger/keys.js';
import { addDeviceKey } from './device-keys.js';
import { forgetErased, wasErased } from './erase-account.js';
import { holdPassword } from './hold-password.js';
import { claimRevokeHash, forgetRevokeClaims } from './revoke-claims.js';
import type { SessionsTable, Tables } from './tables.js';
import type { Transact } from './transactions.js';

export type SessionRow = Readonly<SessionsTable>;

/** A session together with the address of its account. */
export type SessionWithEmail = SessionRow & { readonly email: string };

/** All that says whether a session can still be used. */
export type SessionEnds = Pick<SessionRow, 'id' | 'expires_at_ms' | 'ended_at_ms'>;

/** What a sign-in leaves. */
export interface NewSessionRow {
  readonly session: SessionRow;
  /** The key the device brought, if it brought one. */
  readonly key: DeviceKey | null;
  /** The hash that the password was found to fit. */
  readonly passwordHash: string;
}

/** What became of a sign-in: `account-changed` when the password is another one by now, or the account gone. */
export type Begun = 'begun' | 'handle-used' | 'account-changed';

/** The sessions of every service. */
export interface SessionStore {
  /** Keeps a new session and its key in one transaction; unless it says `begun`, nothing is kept. */
  begin(row: NewSessionRow): Promise<Begun>;
  findByToken(service: string, tokenHash: string): Promise<SessionWithEmail | undefined>;
  /** Whether a token that is not known is of a session that went with its account and would still last. */
  wasErased(service: string, tokenHash: string, nowMs: number): Promise<boolean>;
  /** What can be told of these sessions by their ids; those that are gone are not among them. */
  endsOf(ids: readonly string[]): Promise<readonly SessionEnds[]>;
  /** Notes that the session was used. */
  touch(id: string, atMs: number): Promise<void>;
  /** Ends a session; one that has ended already keeps its first end. */
  end(id: string, atMs: number): Promise<void>;
  /**
   * Ends the session of a revoke handle; where there is none yet, a sign-in that comes with it later is refused.
   * @returns its account, if there is or was such a session.
   */
  endByRevokeHash(service: string, revokeHash: string, atMs: number): Promise<string | undefined>;
  /** Ends a session of this very account. @returns whether it has one under that id. */
  endOfAccount(accountId: string, id: string, atMs: number): Promise<boolean>;
  /** The sessions of an account that can still be used, oldest first. */
  listOpen(accountId: string, atMs: number): Promise<readonly SessionRow[]>;
  /** Forgets sessions that expired before `expiredBeforeMs`, and handles that can end nothing any more. */
  forget(expiredBeforeMs: number, nowMs: number): Promise<void>;
}

/** Sessions in a database of either kind. */
export function createSessionStore(db: Kysely<Tables>, transact: Transact): SessionStore {
  const endWhere = (atMs: number, on: Kysely<Tables> = db) =>
    on.updateTable('sessions').set((expression) => ({
      ended_at_ms: expression.fn.coalesce('ended_at_ms', expression.val(atMs)),
    }));
  return {
    begin: ({ session, key, passwordHash }) =>
      transact(async (transaction): Promise<Begun> => {
        const { account_id: accountId, service, revoke_hash: revokeHash } = session;
        if (!(await holdPassword(transaction, accountId, passwordHash))) return 'account-changed';
        const atMs = session.created_at_ms;
        const claim = { service, hasSession: true, atMs };
        if (
          revokeHash !== null &&
          !(await claimRevokeHash(transaction, { ...claim, revokeHash }))
        ) {
          return 'handle-used';
        }
        await transaction.insertInto('sessions').values(session).execute();
        if (key) await addDeviceKey(transaction, accountId, key, atMs);
        return 'begun';
      }),
    findByToken(service, tokenHash) {
      return db
        .selectFrom('sessions')
        .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
        .selectAll('sessions')
        .select('accounts.email')
        .where('sessions.token_hash', '=', tokenHash)
        .where('sessions.service', '=', service)
        .executeTakeFirst();
    },
    wasErased: (service, tokenHash, nowMs) => wasErased(db, service, tokenHash, nowMs),
    endsOf(ids) {
      return db
        .selectFrom('sessions')
        .select(['id', 'expires_at_ms', 'ended_at_ms'])
        .where('id', 'in', ids)
        .execute();
    },
    async touch(id, atMs) {
      await db
        .updateTable('sessions')
        .set({ last_used_at_ms: atMs })
        .where('id', '=', id)
        .execute();
    },
    async end(id, atMs) {
      await endWhere(atMs).where('id', '=', id).execute();
    },
    endByRevokeHash: (service, revokeHash, atMs) =>
      transact(async (transaction) => {
        await claimRevokeHash(transaction, { service, revokeHash, hasSession: false, atMs });
        const done = await endWhere(atMs, transaction)
          .where('service', '=', service)
          .where('revoke_hash', '=', revokeHash)
          .returning('account_id')
          .executeTakeFirst();
        return done?.account_id;
      }),
    async endOfAccount(accountId, id, atMs) {
      const done = await endWhere(atMs)
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },
    listOpen(accountId, atMs) {
      return db
        .selectFrom('sessions')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('ended_at_ms', 'is', null)
        .where('expires_at_ms', '>', atMs)
        .orderBy('created_at_ms')
        .orderBy('id')
        .execute();
    },
    async forget(expiredBeforeMs, nowMs) {
      await db.deleteFrom('sessions').where('expires_at_ms', '<', expiredBeforeMs).execute();
      await forgetRevokeClaims(db, nowMs);
      await forgetErased(db, nowMs);
    },
  };
}
