import { readPurpose, type PurposeReading } from '../../src-shared/consent/effective-state.js';
import type { Store } from '../store/index.js';
import type { CurrentSubject } from './subject.js';

/** What one purpose comes to for the current subject on this device. */
export interface EffectiveReading extends PurposeReading {
  readonly purpose: string;
  /** Refused by the signed-out person here, and that holds on top of what the account says. */
  readonly heldByDevice: boolean;
}

type Reads = Pick<Store, 'register'>;

/**
 * The effective state of some purposes. While the person has not said whether this device's own choices should become
 * the account's, its refusals hold here too: signing in opens nothing that was refused on this device. A grant pressed
 * on this device since the sign-in is the newer word of the same person in the same place, so it lifts that hold.
 */
export function readState(
  store: Reads,
  service: string,
  subject: CurrentSubject,
  purposes: readonly string[],
  nowMs: number,
): EffectiveReading[] {
  return purposes.map((purpose) => {
    const heads = store.register.headsOf(service, subject.key, purpose);
    const reading = readPurpose(heads, nowMs);
    const { session } = subject;
    if (!session || session.deviceChoices !== 'unasked') return plain(purpose, reading);
    const saidHereSince = heads.some(
      ({ choice, madeHereRow }) =>
        choice === 'granted' && madeHereRow !== null && madeHereRow > session.beganRow,
    );
    const own = readPurpose(store.register.headsOf(service, '', purpose), nowMs);
    if (own.state !== 'denied' || reading.state === 'denied' || saidHereSince) {
      return plain(purpose, reading);
    }
    return { purpose, ...own, heldByDevice: true };
  });
}

function plain(purpose: string, reading: PurposeReading): EffectiveReading {
  return { purpose, ...reading, heldByDevice: false };
}

/** What this device's own, signed-out choices come to, for the question whether they should become the account's. */
export function readDeviceChoices(
  store: Reads,
  service: string,
  purposes: readonly string[],
  nowMs: number,
): { readonly granted: string[]; readonly denied: string[] } {
  const readings = purposes.map((purpose) => ({
    purpose,
    state: readPurpose(store.register.headsOf(service, '', purpose), nowMs).state,
  }));
  const inState = (state: string): string[] =>
    readings.filter((reading) => reading.state === state).map((reading) => reading.purpose);
  return { granted: inState('granted'), denied: inState('denied') };
}
