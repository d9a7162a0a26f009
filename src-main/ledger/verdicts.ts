import type { LedgerView } from '../../src-shared/views.js';
import type { Store, SuspectReason } from '../store/index.js';

interface Parts {
  readonly store: Store;
  readonly services: readonly string[];
  readonly onChange: (service: string) => void;
}

/** What has been found about the ledger of each service. Suspicion is on the disk; the rest is of this run. */
export interface Verdicts {
  view(service: string): LedgerView;
  isSuspect(service: string): boolean;
  /** Notes, for good, that a service is not to be believed. */
  doubt(service: string, reason: SuspectReason): void;
  /** Notes what a comparison came to. */
  settle(service: string, state: LedgerView['state']): void;
  /** Begins anew: what is there now is sound, because it was just made. */
  renew(service: string): void;
}

export function createVerdicts({ store, services, onChange }: Parts): Verdicts {
  const states = new Map<string, LedgerView['state']>(services.map((id) => [id, 'checking']));
  const isSuspect = (service: string): boolean => store.meta.suspect(service) !== null;
  return {
    view(service) {
      const reason = store.meta.suspect(service);
      if (reason !== null) return { state: 'suspect', reason };
      return { state: states.get(service) ?? 'checking', reason: null };
    },
    isSuspect,
    doubt(service, reason) {
      if (!store.isOpen() || isSuspect(service)) return;
      store.meta.holdSuspect(service, reason);
      store.commit(() => {
        store.meta.setSuspect(service, reason);
      });
      onChange(service);
    },
    settle(service, state) {
      if (states.get(service) === state) return;
      states.set(service, state);
      onChange(service);
    },
    renew(service) {
      store.meta.holdSuspect(service, null);
      states.set(service, 'sound');
      onChange(service);
    },
  };
}
