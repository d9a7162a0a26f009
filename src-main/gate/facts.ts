import type { GateFacts } from '../../src-shared/gate/rule.js';
import type { TrustedClock } from '../clock/index.js';
import { currentSubject, type Consent } from '../consent/index.js';
import type { Ledger } from '../ledger/index.js';
import type { Sessions } from '../session/index.js';
import type { Store } from '../store/index.js';

/** The facts of a service, and whose choices they are: '' for nobody. */
export interface ServiceFacts {
  readonly facts: GateFacts;
  readonly subject: string;
}

interface Parts {
  readonly store: Pick<Store, 'sessions' | 'meta' | 'isOpen'>;
  readonly consent: Pick<Consent, 'readings'>;
  readonly sessions: Pick<Sessions, 'view'>;
  readonly ledger: Pick<Ledger, 'view'>;
  readonly clock: Pick<TrustedClock, 'nowMs' | 'reading'>;
}

/**
 * Reads what the gate has to know of a service at this moment; null where any of it cannot be read.
 * @param beingRefused purposes that are closed ahead of what is written.
 */
export function createFactsReader(
  parts: Parts,
): (service: string, beingRefused: readonly string[]) => ServiceFacts | null {
  const { store, consent, sessions, ledger, clock } = parts;
  const read = (service: string, beingRefused: readonly string[]): ServiceFacts | null => {
    const readings = consent.readings(service);
    if (!store.isOpen() || readings === null) return null;
    // What is about to be forgotten opens nothing any more.
    if (store.meta.isForgetting(service)) return null;
    const { session, key } = currentSubject(store, service);
    const purposes = readings.map(({ purpose, state, untilMs }) => {
      return [purpose, { kind: 'optional', state, untilMs }] as const;
    });
    return {
      subject: key,
      facts: {
        ledger: ledger.view(service).state,
        subject: sessions.view(service).kind,
        isPulled: session?.pulled ?? true,
        clock: clock.reading(),
        trustedNowMs: clock.nowMs(),
        purposes: Object.fromEntries(purposes),
        optOutSignal: store.meta.optOutSignal(service),
        neverHere: store.meta.neverHere(service),
        beingRefused,
      },
    };
  };
  return (service, beingRefused) => {
    try {
      return read(service, beingRefused);
    } catch {
      // Whatever keeps it from being read, what is not read opens nothing.
      return null;
    }
  };
}
