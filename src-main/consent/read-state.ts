import {
  readPurpose,
  type PurposeReading,
  type ReadingTime,
} from '../../src-shared/consent/effective-state.js';
import type { Store, StoredHead } from '../store/index.js';
import type { Limit } from '../../src-shared/views.js';
import { limitsOn } from './limits.js';
import type { CurrentSubject } from './subject.js';

/** What one purpose comes to for the current subject on this device. */
export interface EffectiveReading extends PurposeReading {
  readonly purpose: string;
  /** Refused by the signed-out person here, and that holds on top of what the account says. */
  readonly heldByDevice: boolean;
  /** Whether the press it rests on was made on this device. */
  readonly saidHere: boolean;
  /** What keeps it closed here whatever was decided. */
  readonly limit: Limit | null;
}

/** What reading needs besides whose choices they are. */
export interface Reads {
  readonly store: Pick<Store, 'register' | 'meta'>;
  readonly service: string;
  /** The moment, and what the policy has done to a purpose since it was decided on. */
  readonly timeOf: (purpose: string) => ReadingTime;
  /** Whether the ledger is not believed: then nothing is open. */
  readonly isSuspect: boolean;
}

/**
 * The effective state of some purposes. While the person has not said whether this device's own choices should become
 * the account's, its refusals hold here too: signing in opens nothing that was refused on this device. A grant pressed
 * on this device since the sign-in is the newer word of the same person in the same place, so it lifts that hold.
 */
export function readState(
  reads: Reads,
  subject: CurrentSubject,
  purposes: readonly string[],
): EffectiveReading[] {
  const limitOf = limitsOn(reads.store, reads.service);
  return purposes.map((purpose) => {
    const limit = limitOf(purpose);
    if (limit !== null) return { ...CLOSED, purpose, limit };
    const heads = headsOf(reads, subject.key, purpose);
    const reading = readPurpose(heads, reads.timeOf(purpose));
    const { session } = subject;
    if (!session || session.deviceChoices !== 'unasked') {
      return effective(reads, purpose, reading, heads);
    }
    const saidHereSince = heads.some(
      ({ choice, madeHereRow }) =>
        choice === 'granted' && madeHereRow !== null && madeHereRow > session.beganRow,
    );
    const ownHeads = headsOf(reads, '', purpose);
    const own = readPurpose(ownHeads, reads.timeOf(purpose));
    if (own.state !== 'denied' || reading.state === 'denied' || saidHereSince) {
      return effective(reads, purpose, reading, heads);
    }
    return { ...effective(reads, purpose, own, ownHeads), heldByDevice: true };
  });
}

/** What was decided does not show while a rule of this device stands on top of it. */
const CLOSED = {
  state: 'denied',
  by: null,
  untilMs: null,
  overruled: [],
  heldByDevice: false,
  saidHere: true,
} as const;

function headsOf({ store, service }: Reads, subjectKey: string, purpose: string): StoredHead[] {
  return store.register.headsOf(service, subjectKey, purpose);
}

function effective(
  { isSuspect }: Reads,
  purpose: string,
  reading: PurposeReading,
  heads: readonly StoredHead[],
): EffectiveReading {
  const by = heads.find(({ id }) => id === reading.by?.id);
  const saidHere = by ? by.madeHereRow !== null : false;
  const rest = { purpose, heldByDevice: false, saidHere, limit: null };
  if (!isSuspect) return { ...reading, ...rest };
  // What is not believed opens nothing, and asks for nothing to be opened.
  const state = reading.state === 'granted' ? 'ask-again' : reading.state;
  return { ...reading, state, untilMs: null, overruled: [], ...rest };
}

/**
 * What was granted and denied, on this device's own as a rule: for the question whether that should become the account's.
 * @param subjectKey whose choices: '' for the signed-out person.
 */
export function readDeviceChoices(
  reads: Reads,
  purposes: readonly string[],
  subjectKey = '',
): { readonly granted: string[]; readonly denied: string[] } {
  const readings = purposes.map((purpose) => ({
    purpose,
    state: readPurpose(headsOf(reads, subjectKey, purpose), reads.timeOf(purpose)).state,
  }));
  const inState = (state: string): string[] =>
    readings.filter((reading) => reading.state === state).map((reading) => reading.purpose);
  return { granted: inState('granted'), denied: inState('denied') };
}
