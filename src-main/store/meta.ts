import type { LedgerView } from '../../src-shared/views.js';
import type { KeptReads } from './kept-reads.js';
import type { Database } from './open-database.js';

/** Why a service's ledger is not believed. */
export type SuspectReason = NonNullable<LedgerView['reason']>;

/** Stands for every service where the fault is not that of one. */
export const EVERY_SERVICE = '*';

/** Small facts of the profile: its own id, and a device id for each service so that services cannot match devices. */
export interface MetaStore {
  /** The random id of this profile, made at its first start; part of the keychain's account names. */
  profileId(): string;
  /** The random id under which this installation is known to one service. */
  deviceId(service: string): string;
  /** Whether a token of the service may still lie in the keychain: from before it is put there until it is surely gone. */
  tokenMayRemain(service: string): boolean;
  setTokenMayRemain(service: string, mayRemain: boolean): void;
  /** The account that the service was asked to erase, until it is known whether it did; null as a rule. */
  erasingAccount(service: string): string | null;
  setErasingAccount(service: string, accountId: string | null): void;
  /** Whether everything decided about the service is to go from this device as soon as it is signed out of. */
  eraseAfterSignOut(service: string): boolean;
  setEraseAfterSignOut(service: string, erases: boolean): void;
  /** Whether the service is to be forgotten on this device: noted first, so that the next start finishes it. */
  isForgetting(service: string): boolean;
  setForgetting(service: string): void;
  /** Whether the opt-out signal is on for a service. */
  optOutSignal(service: string): boolean;
  setOptOutSignal(service: string, isOn: boolean): void;
  /** The purposes of a service that never open on this device, whoever is signed in. */
  neverHere(service: string): string[];
  setNeverHere(service: string, purposes: readonly string[]): void;
  /** The fingerprint of the service files that nothing was wrong with when they were last read whole; null where there is none. */
  soundServices(): string | null;
  setSoundServices(fingerprint: string): void;
  /** When a service last said which policy it has, milliseconds since 1970; null where it has not. */
  policyCheckedAtMs(service: string): number | null;
  setPolicyCheckedAtMs(service: string, ms: number): void;
  /** The newest time this profile has seen or been shown by a server, UTC; 0 when none, NaN when it cannot be read. */
  newestTimeMs(): number;
  setNewestTimeMs(ms: number): void;
  /** Whether the anchor in the keychain is of a database that was put aside. */
  anchorVoid(service: string): boolean;
  setAnchorVoid(service: string, isVoid: boolean): void;
  /** Forgets the device id of a service; the next use makes a new one. */
  forgetDevice(service: string): void;
  /** Why the ledger of a service was found not to be what was written; null while nothing was found. */
  suspect(service: string): SuspectReason | null;
  setSuspect(service: string, reason: SuspectReason | null): void;
  /** The same for this run alone, whatever the disk takes: what is not believed closes before that is noted. */
  holdSuspect(service: string, reason: SuspectReason | null): void;
}

/**
 * @param newId makes a random id of the letters, digits and hyphens of a UUID.
 * @param givenProfileId the profile's id where the folder already has one (its database was set aside).
 * @param sealed runs a write so that the seal is renewed with it.
 */
export function createMetaStore(
  database: Database,
  keptReads: KeptReads,
  newId: () => string,
  givenProfileId: string | null,
  sealed: (write: () => void) => void,
): MetaStore {
  const every = database.prepare<[], [string, string]>('SELECT key, value FROM meta').raw();
  const facts = keptReads.of('meta', () => new Map(every.all()));
  const insert = database.prepare<[string, string]>(
    'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO NOTHING',
  );
  const replace = database.prepare<[string, string]>(
    'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const drop = database.prepare<[string]>('DELETE FROM meta WHERE key = ?');
  const put = (key: string, value: string): void => {
    sealed(() => void insert.run(key, value));
  };
  const remove = (key: string): void => {
    sealed(() => void drop.run(key));
  };
  const readOrMake = (key: string, given: string | null = null): string => {
    const found = facts().get(key);
    if (found !== undefined) return found;
    put(key, given ?? newId());
    return facts().get(key) ?? '';
  };
  const heldSuspect = new Map<string, SuspectReason>();
  const profileId = readOrMake('profile-id', givenProfileId);
  return {
    profileId: () => profileId,
    deviceId: (service) => readOrMake(`device-id/${service}`),
    tokenMayRemain: (service) => facts().has(`token-may-remain/${service}`),
    setTokenMayRemain: (service, mayRemain) => {
      if (mayRemain) put(`token-may-remain/${service}`, 'yes');
      else remove(`token-may-remain/${service}`);
    },
    erasingAccount: (service) => facts().get(`erasing-account/${service}`) ?? null,
    setErasingAccount: (service, accountId) => {
      remove(`erasing-account/${service}`);
      if (accountId !== null) put(`erasing-account/${service}`, accountId);
    },
    eraseAfterSignOut: (service) => facts().has(`erase-after-sign-out/${service}`),
    setEraseAfterSignOut: (service, erases) => {
      if (erases) put(`erase-after-sign-out/${service}`, 'yes');
      else remove(`erase-after-sign-out/${service}`);
    },
    isForgetting: (service) => facts().has(`forgetting/${service}`),
    setForgetting: (service) => {
      put(`forgetting/${service}`, 'yes');
    },
    // Whatever stands there but its absence means that it is on: these only ever close.
    optOutSignal: (service) => facts().has(`opt-out-signal/${service}`),
    setOptOutSignal: (service, isOn) => {
      if (isOn) put(`opt-out-signal/${service}`, 'yes');
      else remove(`opt-out-signal/${service}`);
    },
    neverHere: (service) => (facts().get(`never-here/${service}`) ?? '').split(' ').filter(Boolean),
    setNeverHere: (service, purposes) => {
      remove(`never-here/${service}`);
      if (purposes.length > 0) put(`never-here/${service}`, purposes.join(' '));
    },
    soundServices: () => facts().get('sound-services') ?? null,
    setSoundServices: (fingerprint) => {
      sealed(() => void replace.run('sound-services', fingerprint));
    },
    policyCheckedAtMs(service) {
      const ms = Number(facts().get(`policy-checked-at/${service}`));
      return Number.isSafeInteger(ms) && ms > 0 && ms <= LAST_MS ? ms : null;
    },
    setPolicyCheckedAtMs: (service, ms) => {
      sealed(() => void replace.run(`policy-checked-at/${service}`, String(Math.round(ms))));
    },
    newestTimeMs: () => Number(facts().get('newest-time-ms') ?? 0),
    setNewestTimeMs: (ms) => {
      sealed(() => void replace.run('newest-time-ms', String(ms)));
    },
    anchorVoid: (service) => facts().has(`anchor-void/${service}`),
    setAnchorVoid: (service, isVoid) => {
      if (isVoid) put(`anchor-void/${service}`, 'yes');
      else remove(`anchor-void/${service}`);
    },
    forgetDevice: (service) => {
      remove(`device-id/${service}`);
    },
    suspect(service) {
      const found = facts().get(`suspect/${service}`);
      // Whatever else stands there was changed by somebody else than us.
      if (found === undefined) return heldSuspect.get(service) ?? null;
      return REASONS.find((reason) => reason === found) ?? 'changed';
    },
    setSuspect: (service, reason) => {
      remove(`suspect/${service}`);
      if (reason !== null) put(`suspect/${service}`, reason);
    },
    holdSuspect(service, reason) {
      if (reason === null) heldSuspect.delete(service);
      else heldSuspect.set(service, reason);
    },
  };
}

/** The last moment a date can name (ECMA-262, section 21.4.1.1), in milliseconds since 1970. */
const LAST_MS = 8.64e15;

const REASONS: readonly SuspectReason[] = ['older', 'changed', 'forked', 'foreign', 'unreadable'];
