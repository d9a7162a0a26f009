import type { ConsentFailure } from '../../src-shared/failures.js';
import type { Result } from '../../src-shared/result.js';
import type { LedgerView } from '../../src-shared/views.js';
import type { Keychain } from '../secrets/index.js';
import {
  EVERY_SERVICE,
  type DatabaseReport,
  type Store,
  type StoreCause,
  type SuspectReason,
} from '../store/index.js';
import { createAnchoring } from './anchoring.js';
import { beginAnew } from './begin-anew.js';
import { forgetService } from './forget-service.js';
import { startOver } from './start-over.js';
import { createVerdicts } from './verdicts.js';

interface Parts {
  readonly store: Store;
  readonly keychain: Keychain;
  readonly services: readonly string[];
  readonly nowMs: () => number;
  /** The check of the whole database, beside everything else. */
  readonly checkWhole: (file: string) => Promise<DatabaseReport>;
  /** Ends the session of a service on this device, if there is one. */
  readonly signOut: (service: string) => Promise<unknown>;
  /** The file itself is damaged: it is to be put aside at the next start. */
  readonly onUnreadable: () => void;
  readonly onChange: (service: string) => void;
}

/** Watches whether what this profile holds is what was once written. What is not sound opens nothing. */
export interface Ledger {
  view(service: string): LedgerView;
  /** What can be known without keychain and without time; before anything is shown. */
  start(): void;
  /** Compares with the anchors in the keychain: before anything is sent. */
  compare(): Promise<void>;
  /** Checks everything, however long that takes. */
  check(): Promise<void>;
  /** Something else has found that a service is not to be believed. */
  doubt(service: string, reason: SuspectReason): void;
  /** Something about a service was committed: anchors it, soon, never holding anybody up. */
  written(service: string): void;
  /** The person begins anew with a service: what was there is put aside, and everything is asked again. */
  startOver(service: string): Promise<Result<null, ConsentFailure>>;
  /** Deletes everything decided about a service here, of whoever is signed out; nobody may be signed in. */
  beginAnew(service: string): Result<null, StoreCause>;
  /** Deletes everything about a service here, and its anchor first; nobody may be signed in. */
  forget(service: string): Promise<Result<null, StoreCause>>;
  stop(): Promise<void>;
}

export function createLedger(parts: Parts): Ledger {
  const { store, keychain, services, onChange } = parts;
  const verdicts = createVerdicts({ store, services, onChange });
  const anchoring = createAnchoring({ store, keychain, services, verdicts });

  const checkWhole = async (): Promise<void> => {
    const ends = services.flatMap((service) => store.chains.ends(service));
    const report = await parts.checkWhole(store.file);
    if (!store.isOpen()) return;
    if (report.prevented !== undefined) {
      // Nothing is known to be wrong, so nothing is noted; but what was not checked opens nothing in this run.
      for (const service of services) {
        if (verdicts.isSuspect(service)) continue;
        store.meta.holdSuspect(service, 'unreadable');
        onChange(service);
      }
      return;
    }
    if (report.unreadable !== null) {
      parts.onUnreadable();
      for (const service of services) verdicts.doubt(service, 'unreadable');
      return;
    }
    for (const service of Object.keys(report.findings)) verdicts.doubt(service, 'changed');
    store.commit(() => {
      for (const end of ends) if (!verdicts.isSuspect(end.service)) store.chains.markChecked(end);
    });
  };

  return {
    view: (service) => verdicts.view(service),
    start() {
      const everywhere = store.meta.suspect(EVERY_SERVICE);
      for (const service of services) {
        if (verdicts.isSuspect(service)) continue;
        const found = store.startCheck.findingIn(service, store.chains.ends(service));
        const reason = everywhere ?? (found === null ? null : 'changed');
        if (reason !== null) store.meta.holdSuspect(service, reason);
      }
      store.commit(() => {
        for (const service of services) {
          const reason = store.meta.suspect(service);
          if (reason !== null) store.meta.setSuspect(service, reason);
        }
        if (everywhere !== null) store.meta.setSuspect(EVERY_SERVICE, null);
      });
    },
    compare: () => anchoring.compare(),
    async check() {
      if (store.isOpen()) await checkWhole();
    },
    doubt: (service, reason) => {
      verdicts.doubt(service, reason);
    },
    written: (service) => {
      anchoring.write(service);
    },
    startOver: (service) => startOver({ ...parts, anchoring, verdicts }, service),
    beginAnew: (service) => beginAnew({ store, anchoring, verdicts }, service),
    forget: (service) => forgetService({ store, anchoring, verdicts }, service),
    stop: () => anchoring.stop(),
  };
}
