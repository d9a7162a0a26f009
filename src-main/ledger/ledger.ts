import type { ConsentFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { LedgerView } from '../../src-shared/views.js';
import type { Keychain } from '../secrets/index.js';
import {
  EVERY_SERVICE,
  type DatabaseReport,
  type Store,
  type SuspectReason,
} from '../store/index.js';
import { anchorAccount, anchorFinding, anchorOf, readAnchor } from './anchors.js';

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
  stop(): Promise<void>;
}

export function createLedger(parts: Parts): Ledger {
  const { store, keychain, services, onChange } = parts;
  const states = new Map<string, LedgerView['state']>(services.map((id) => [id, 'checking']));
  const anchoredAt = new Map<string, number>();
  const early = new Set<string>();
  let hasCompared = false;
  let anchoring: Promise<void> = Promise.resolve();
  let stopped = false;

  const nameOf = (service: string): string => anchorAccount(service, store.meta.profileId());
  const isSuspect = (service: string): boolean => store.meta.suspect(service) !== null;
  const doubt = (service: string, reason: SuspectReason): void => {
    if (!store.isOpen() || isSuspect(service)) return;
    store.meta.holdSuspect(service, reason);
    store.commit(() => {
      store.meta.setSuspect(service, reason);
    });
    onChange(service);
  };
  const settle = (service: string, state: LedgerView['state']): void => {
    if (states.get(service) === state) return;
    states.set(service, state);
    onChange(service);
  };

  const writeAnchor = async (service: string): Promise<void> => {
    // A press may come before the comparison, and must not take the place of what there is to compare with.
    if (!hasCompared) early.add(service);
    if (!hasCompared || stopped || !store.isOpen() || isSuspect(service)) return;
    if (store.meta.anchorVoid(service)) return;
    const anchor = anchorOf(store, service);
    if (!anchor || anchoredAt.get(service) === anchor.commits) return;
    const kept = await keychain.set(nameOf(service), JSON.stringify(anchor));
    if (kept.ok) anchoredAt.set(service, anchor.commits);
    else settle(service, 'unanchored');
  };

  const compare = async (service: string): Promise<void> => {
    if (store.meta.anchorVoid(service)) {
      const gone = await keychain.delete(nameOf(service));
      if (!store.isOpen()) return;
      if (gone.ok) store.meta.setAnchorVoid(service, false);
      settle(service, gone.ok ? 'sound' : 'unanchored');
      return;
    }
    const anchor = await readAnchor(keychain, nameOf(service));
    if (!store.isOpen()) return;
    const ends = store.chains.ends(service);
    if (anchor === 'no-keychain') {
      settle(service, 'unanchored');
    } else if (anchor === 'not-an-anchor') {
      doubt(service, 'changed');
    } else if (anchor === null) {
      settle(service, ends.length > 0 ? 'unanchored' : 'sound');
    } else {
      const reason = anchorFinding(
        anchor,
        { ...store.openedAs, ends },
        (chain, seq) => store.chains.entryHashAt(chain, seq),
        (subject, device) => store.chains.next(service, subject, device).seq - 1,
      );
      if (reason === null) settle(service, 'sound');
      else doubt(service, reason);
    }
  };

  const checkWhole = async (): Promise<void> => {
    const ends = services.flatMap((service) => store.chains.ends(service));
    const report = await parts.checkWhole(store.file);
    if (!store.isOpen()) return;
    if (report.prevented !== undefined) {
      // Nothing is known to be wrong, so nothing is noted; but what was not checked opens nothing in this run.
      for (const service of services) {
        if (isSuspect(service)) continue;
        store.meta.holdSuspect(service, 'unreadable');
        onChange(service);
      }
      return;
    }
    if (report.unreadable !== null) {
      parts.onUnreadable();
      for (const service of services) doubt(service, 'unreadable');
      return;
    }
    for (const service of Object.keys(report.findings)) doubt(service, 'changed');
    store.commit(() => {
      for (const end of ends) if (!isSuspect(end.service)) store.chains.markChecked(end);
    });
  };

  return {
    view(service) {
      const reason = store.meta.suspect(service);
      if (reason !== null) return { state: 'suspect', reason };
      return { state: states.get(service) ?? 'checking', reason: null };
    },
    start() {
      const everywhere = store.meta.suspect(EVERY_SERVICE);
      for (const service of services) {
        if (isSuspect(service)) continue;
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
    async compare() {
      // The comparison is with the profile as it was opened, so it takes its turn before any anchor is written.
      anchoring = (async () => {
        for (const service of services) if (store.isOpen()) await compare(service);
        hasCompared = true;
        for (const service of early) await writeAnchor(service);
      })();
      await anchoring;
    },
    async check() {
      if (store.isOpen()) await checkWhole();
    },
    doubt,
    written(service) {
      anchoring = anchoring.then(() => writeAnchor(service));
    },
    async startOver(service) {
      if (!isSuspect(service)) return ok(null);
      // The anchor goes first: without it nothing speaks for what is deleted next.
      const forgotten = await keychain.delete(nameOf(service));
      await parts.signOut(service);
      if (!store.isOpen()) return failed({ code: 'not-saved', cause: 'busy' });
      try {
        // After the sign-out: of an account that is signed out nothing is left anywhere.
        store.copyServiceTo(
          service,
          `${store.file}.set-aside-${new Date(parts.nowMs()).toISOString().replaceAll(/[:.]/g, '-')}`,
        );
      } catch {
        return failed({ code: 'not-saved', cause: 'broken' });
      }
      const begun = store.commit(() => {
        store.eraseService(service);
        store.meta.forgetDevice(service);
        store.meta.setSuspect(service, null);
        // Where the keychain did not do it, the next start does, before it compares anything with that anchor.
        if (!forgotten.ok) store.meta.setAnchorVoid(service, true);
      });
      if (!begun.ok) return failed({ code: 'not-saved', cause: begun.error });
      store.meta.holdSuspect(service, null);
      anchoredAt.delete(service);
      states.set(service, 'sound');
      onChange(service);
      return ok(null);
    },
    async stop() {
      await anchoring;
      // What was said just before the app closed may not have come round to it yet.
      for (const service of services) await writeAnchor(service);
      stopped = true;
    },
  };
}
