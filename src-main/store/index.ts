import { failed, ok, type Result } from '../../src-shared/result.js';
import { createAcknowledgementStore, type AcknowledgementStore } from './acknowledgements.js';
import { createDecisionStore, type DecisionStore } from './decisions.js';
import { createMetaStore, type MetaStore } from './meta.js';
import { openDatabase, type OpenFailure } from './open-database.js';
import { createOutbox, type Outbox } from './outbox.js';
import { createRegister, type Register } from './register.js';
import { createRevokeHandleStore, type RevokeHandleStore } from './revoke-handles.js';
import { createSessionStore, type SessionStore } from './sessions.js';
import { causeOf, type StoreCause } from './sqlite-failure.js';

export type { DecisionStore, MetaStore, OpenFailure, Outbox, RevokeHandleStore, StoreCause };
export type { StoredHead } from './register.js';
export type { SessionStore, StoredSession } from './sessions.js';
export type { RevokeHandle } from './revoke-handles.js';
export type { Register };

/** The data of one profile: one file, one connection, one place that opens transactions. */
export interface Store {
  readonly meta: MetaStore;
  readonly register: Register;
  readonly decisions: DecisionStore;
  readonly outbox: Outbox;
  readonly acknowledgements: AcknowledgementStore;
  readonly sessions: SessionStore;
  readonly revokeHandles: RevokeHandleStore;
  /**
   * Runs `work` as one transaction: all of it is on the disk when this returns, or nothing is.
   * @returns the cause when the disk did not take it; anything else that `work` throws is thrown on.
   */
  commit<Value>(work: () => Value): Result<Value, StoreCause>;
  /** False once the app is closing: what still waits for an answer then has nothing to write to. */
  isOpen(): boolean;
  /** Writes the log back and cuts it to nothing, so that deleted rows are not left in it. */
  truncateLog(): void;
  close(): void;
}

/**
 * Opens the store of a profile.
 * @param file path of `sayso.db`.
 * @param newId makes a random id (a UUID).
 */
export function openStore(file: string, newId: () => string): Result<Store, OpenFailure> {
  const opened = openDatabase(file);
  if (!opened.ok) return opened;
  const database = opened.value;
  const register = createRegister(database);
  return ok({
    meta: createMetaStore(database, newId),
    register,
    decisions: createDecisionStore(database, register),
    outbox: createOutbox(database),
    acknowledgements: createAcknowledgementStore(database),
    sessions: createSessionStore(database),
    revokeHandles: createRevokeHandleStore(database),
    commit(work) {
      try {
        return ok(database.transaction(work).immediate());
      } catch (error) {
        if (error instanceof Error && error.name === 'SqliteError') return failed(causeOf(error));
        throw error;
      }
    },
    isOpen: () => database.open,
    truncateLog: () => void database.pragma('wal_checkpoint(TRUNCATE)'),
    close: () => void database.close(),
  });
}
