import type { Database } from './open-database.js';

/** A secret that can end one session and nothing else, kept before that session exists. */
export interface RevokeHandle {
  /** 32 random bytes, base64url. */
  readonly handle: string;
  readonly service: string;
  readonly baseAddress: string;
  /** Milliseconds since 1970. */
  readonly madeAtMs: number;
}

export interface RevokeHandleStore {
  /** A sign-in begins with this handle. */
  begin(handle: RevokeHandle): void;
  /** The sign-in came about: the handle waits for the sign-out. */
  hold(handle: string): void;
  /** The session behind it, if there is one, is to be ended. */
  markToSend(handle: string): void;
  /** Handles of sign-ins that never came to an end, from before a crash: their sessions are to be ended too. */
  markAbandonedToSend(): void;
  toSend(service: string): RevokeHandle[];
  remove(handle: string): void;
  /** Forgets handles made before a moment: the sessions they could end have run out by themselves. */
  removeMadeBefore(madeAtMs: number): void;
}

export function createRevokeHandleStore(database: Database): RevokeHandleStore {
  const insert = database.prepare<[string, string, string, number]>(
    `INSERT INTO revoke_handle VALUES (?, ?, ?, ?, 'trying')`,
  );
  const set = database.prepare<[string, string]>(
    'UPDATE revoke_handle SET state = ? WHERE handle = ?',
  );
  const abandoned = database.prepare(
    `UPDATE revoke_handle SET state = 'to-send'
     WHERE state = 'trying' OR (state = 'held' AND handle NOT IN (SELECT handle FROM session))`,
  );
  const pending = database.prepare<[string], RevokeHandle>(
    `SELECT handle, service, base_address AS baseAddress, made_at_ms AS madeAtMs FROM revoke_handle
     WHERE service = ? AND state = 'to-send'`,
  );
  const drop = database.prepare<[string]>('DELETE FROM revoke_handle WHERE handle = ?');
  const dropOld = database.prepare<[number]>(
    `DELETE FROM revoke_handle WHERE made_at_ms < ? AND state = 'to-send'`,
  );
  return {
    begin: ({ handle, service, baseAddress, madeAtMs }) =>
      void insert.run(handle, service, baseAddress, madeAtMs),
    hold: (handle) => void set.run('held', handle),
    markToSend: (handle) => void set.run('to-send', handle),
    markAbandonedToSend: () => void abandoned.run(),
    toSend: (service) => pending.all(service),
    remove: (handle) => void drop.run(handle),
    removeMadeBefore: (madeAtMs) => void dropOld.run(madeAtMs),
  };
}
