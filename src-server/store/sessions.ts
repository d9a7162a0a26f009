import type { Kysely } from 'kysely';
import { isTaken } from './failures.js';
import type { SessionsTable, Tables } from './tables.js';

export type SessionRow = Readonly<SessionsTable>;

/** A session together with the address of its account. */
export type SessionWithEmail = SessionRow & { readonly email: string };

/** The sessions of every service. */
export interface SessionStore {
  /** Keeps a new session; false, and nothing kept, when its revoke hash has been used before. */
  add(session: SessionRow): Promise<boolean>;
  findByToken(service: string, tokenHash: string): Promise<SessionWithEmail | undefined>;
  /** Notes that the session was used. */
  touch(id: string, atMs: number): Promise<void>;
  /** Ends a session; one that has ended already keeps its first end. */
  end(id: string, atMs: number): Promise<void>;
  /** Ends the session of a revoke handle. @returns whether there is or was such a session. */
  endByRevokeHash(service: string, revokeHash: string, atMs: number): Promise<boolean>;
  /** Ends a session of this very account. @returns whether it has one under that id. */
  endOfAccount(accountId: string, id: string, atMs: number): Promise<boolean>;
  /** The sessions of an account that can still be used, oldest first. */
  listOpen(accountId: string, atMs: number): Promise<readonly SessionRow[]>;
  /** Forgets sessions that expired before `expiredBeforeMs`. */
  forget(expiredBeforeMs: number): Promise<void>;
}

/** Sessions in a database of either kind. */
export function createSessionStore(db: Kysely<Tables>): SessionStore {
  const endWhere = (atMs: number) =>
    db.updateTable('sessions').set((expression) => ({
      ended_at_ms: expression.fn.coalesce('ended_at_ms', expression.val(atMs)),
    }));
  return {
    async add(session) {
      try {
        await db.insertInto('sessions').values(session).execute();
        return true;
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
    },
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
    async endByRevokeHash(service, revokeHash, atMs) {
      const done = await endWhere(atMs)
        .where('service', '=', service)
        .where('revoke_hash', '=', revokeHash)
        .executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },
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
    async forget(expiredBeforeMs) {
      await db.deleteFrom('sessions').where('expires_at_ms', '<', expiredBeforeMs).execute();
    },
  };
}
