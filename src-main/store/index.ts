import path from 'node:path';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { createAcknowledgementStore, type AcknowledgementStore } from './acknowledgements.js';
import { createStartCheck, type StartCheck } from './check-start.js';
import { createChainStore, type ChainStore } from './chains.js';
import { copyServiceTo } from './copy-service.js';
import { createDecisionStore, type DecisionStore } from './decisions.js';
import { createGateCountStore, type GateCountStore } from './gate-counts.js';
import { createHistoryStore, type HistoryStore } from './history.js';
import { createHoldingStore, type HoldingStore } from './holdings.js';
import { createImportedStore, type ImportedStore } from './imported.js';
import { createKeptReads } from './kept-reads.js';
import { createMetaStore, EVERY_SERVICE, type MetaStore } from './meta.js';
import { openDatabase, openFailureOf, type Database, type OpenFailure } from './open-database.js';
import { createOutbox, type Outbox } from './outbox.js';
import { createPartingStore, type PartingStore } from './parting.js';
import { createPolicyTextStore, type PolicyTextStore } from './policy-texts.js';
import { readProfileMark, writeProfileMark } from './profile-mark.js';
import { createPublicKeyStore, type PublicKeyStore } from './public-keys.js';
import { createPutBack, type PutBack } from './put-back.js';
import { createReceiptStore, type ReceiptStore } from './receipts.js';
import { createRegister, type Register } from './register.js';
import { createRevokeHandleStore, type RevokeHandleStore } from './revoke-handles.js';
import { createSeal, type Seal, type SealMark } from './seal.js';
import { createServiceEraser } from './erase-service.js';
import { createSessionStore, type SessionStore } from './sessions.js';
import { createToolBatchStore, type ToolBatchStore } from './tool-batches.js';
import { createToolDataStore, type ToolDataStore } from './tool-data.js';
import { createVaultStore, type VaultStore } from './vault.js';
import { causeOf, type StoreCause } from './sqlite-failure.js';

export type { ChainStore, DecisionStore, MetaStore, OpenFailure, Outbox, Register, ReceiptStore };
export type { PartingStore, PolicyTextStore, PublicKeyStore, RevokeHandleStore, StoreCause };
export type { ChainEnd, NextPlace } from './chains.js';
export type { EntryLink, NewEntry, NewRemains } from './new-entry.js';
export type { HistoryRow } from './history.js';
export type { TableHolding } from './holdings.js';
export { EVERY_SERVICE } from './meta.js';
export type { SuspectReason } from './meta.js';
export type { OutboxItem, WaitingEntry } from './outbox-rows.js';
export type { PartingEntry } from './parting.js';
export type { Seen } from './put-back.js';
export type { StoredHead } from './head-reader.js';
export type { SessionStore, StoredSession } from './sessions.js';
export type { SeenText } from './seen-texts.js';
export type { RevokeHandle } from './revoke-handles.js';
export type { GateCount, GateCountStore } from './gate-counts.js';
export type { ToolBatchStore } from './tool-batches.js';
export type { ToolDataStore, ToolOwner } from './tool-data.js';
export { openFailureOf } from './open-database.js';
export { openForReading, type ReadingStore } from './open-for-reading.js';
export { isCopyOfService } from './copy-service.js';
export { setAside } from './set-aside.js';
export { checkDatabase, type DatabaseReport } from './check-database.js';

/** The data of one profile: one file, one connection, one place that opens transactions. */
export interface Store {
  /** Path of the database. */
  readonly file: string;
  readonly meta: MetaStore;
  readonly register: Register;
  readonly chains: ChainStore;
  readonly decisions: DecisionStore;
  readonly receipts: ReceiptStore;
  readonly publicKeys: PublicKeyStore;
  readonly policyTexts: PolicyTextStore;
  readonly history: HistoryStore;
  readonly imported: ImportedStore;
  readonly outbox: Outbox;
  readonly acknowledgements: AcknowledgementStore;
  readonly sessions: SessionStore;
  readonly vault: VaultStore;
  readonly revokeHandles: RevokeHandleStore;
  readonly parting: PartingStore;
  readonly toolData: ToolDataStore;
  readonly toolBatches: ToolBatchStore;
  readonly gateCounts: GateCountStore;
  readonly holdings: Pick<HoldingStore, 'of'>;
  readonly putBack: PutBack;
  readonly startCheck: StartCheck;
  readonly seal: Pick<Seal, 'latest'>;
  /** The seal as it stood before this run wrote anything. */
  readonly openedAs: SealMark;
  /**
   * Deletes everything decided about a service on this device, its chains and keys; policies stay, and refusals of whoever was
   * signed out.
   */
  eraseService(service: string): void;
  /** Deletes everything about a service but its published policy texts, and what is still to be sent with it. Within `commit`. */
  forgetService(service: string): void;
  /**
   * Runs `work` as one transaction: all of it is on the disk when this returns, or nothing is.
   * @returns the cause when the disk did not take it; anything else that `work` throws is thrown on.
   */
  commit<Value>(work: () => Value): Result<Value, StoreCause>;
  /** False once the app is closing: what still waits for an answer then has nothing to write to. */
  isOpen(): boolean;
  /** Writes the log back and cuts it to nothing, so that deleted rows are not left in it. */
  truncateLog(): void;
  /** Writes what is kept of one service to another file, for somebody to look into later. */
  copyServiceTo(service: string, file: string): void;
  close(): void;
}

/**
 * Opens the store of a profile. What the seal or the folder's mark contradict is noted before anything is written.
 * @param file path of `sayso.db`.
 * @param newId makes a random id (a UUID).
 */
export function openStore(file: string, newId: () => string): Result<Store, OpenFailure> {
  const opened = openDatabase(file);
  if (!opened.ok) return opened;
  try {
    return ok(build(opened.value, file, newId));
  } catch (error) {
    opened.value.close();
    return failed(openFailureOf(error));
  }
}

function build(database: Database, file: string, newId: () => string): Store {
  const keptReads = createKeptReads(database);
  const seal = createSeal(database, keptReads);
  const sealHeld = seal.holds();
  const openedAs = seal.latest();
  const sealed = (write: () => void): void => {
    if (database.inTransaction) {
      write();
      return;
    }
    try {
      database
        .transaction(() => {
          write();
          seal.renew();
        })
        .immediate();
    } catch (error) {
      seal.forget();
      throw error;
    }
  };
  // Made once: making one takes as long as several statements.
  const whole = database.transaction((work: () => unknown): unknown => {
    const value = work();
    seal.renew();
    return value;
  });
  const folder = path.dirname(file);
  const mark = readProfileMark(folder);
  const meta = createMetaStore(database, keptReads, newId, mark, sealed);
  if (!sealHeld) meta.setSuspect(EVERY_SERVICE, 'changed');
  else if (mark !== null && mark !== meta.profileId()) meta.setSuspect(EVERY_SERVICE, 'foreign');
  // From here on the folder goes with this database; that it once did not is noted in it.
  if (mark !== meta.profileId()) writeProfileMark(folder, meta.profileId());

  const register = createRegister(database);
  const chains = createChainStore(database, keptReads);
  const erase = createServiceEraser(database);
  const parting = createPartingStore(database);
  const outbox = createOutbox(database);
  const holdings = createHoldingStore(database);
  return {
    file,
    meta,
    register,
    chains,
    decisions: createDecisionStore(database, register, chains),
    receipts: createReceiptStore(database),
    publicKeys: createPublicKeyStore(database),
    policyTexts: createPolicyTextStore(database),
    history: createHistoryStore(database),
    imported: createImportedStore(database),
    outbox,
    putBack: createPutBack(database, outbox),
    acknowledgements: createAcknowledgementStore(database),
    sessions: createSessionStore(database, keptReads),
    vault: createVaultStore(database),
    revokeHandles: createRevokeHandleStore(database),
    parting,
    toolData: createToolDataStore(database),
    toolBatches: createToolBatchStore(database),
    gateCounts: createGateCountStore(database),
    holdings,
    startCheck: createStartCheck(database),
    seal,
    openedAs,
    eraseService: (service) => {
      // Refusals of whoever was signed out are nobody's ledger any more, and still have to arrive.
      const unsent = parting.take(service);
      erase(service);
      seal.beginAnew(service);
      for (const { baseAddress, body } of unsent) parting.add(service, baseAddress, [body]);
    },
    forgetService: (service) => {
      holdings.erase(service);
      seal.beginAnew(service);
    },
    commit<Value>(work: () => Value) {
      try {
        return ok(whole.immediate(work) as Value);
      } catch (error) {
        seal.forget();
        if (error instanceof Error && error.name === 'SqliteError') return failed(causeOf(error));
        throw error;
      }
    },
    isOpen: () => database.open,
    truncateLog: () => void database.pragma('wal_checkpoint(TRUNCATE)'),
    copyServiceTo: (service, target) => {
      copyServiceTo(database, service, target);
    },
    close: () => void database.close(),
  };
}
