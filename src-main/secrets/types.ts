import type { Result } from '../../src-shared/result.js';
import type { KeychainView } from '../../src-shared/views.js';

/** The part of keytar that is used; a test passes its own. */
export interface KeychainLibrary {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  findCredentials(service: string): Promise<{ readonly account: string }[]>;
}

/** An entry of ours, by its name alone. */
export interface KeychainEntry {
  readonly account: string;
  /** When it was made, milliseconds since 1970; null where the system does not tell. */
  readonly madeAtMs: number | null;
}

/** What keeps the keychain from being used. */
export type KeychainTrouble = Exclude<KeychainView, 'unknown' | 'available'>;

/** The system's keychain did not do it, and why. */
export type KeychainFailure = { readonly code: KeychainTrouble };

/**
 * How the keychain stands, found out without asking it for a secret. `no-collection`: a keychain service is there, but nothing
 * has been set up in it; `untold`: this system has no way to ask, so the library itself has to be tried.
 */
export type KeychainReading = 'open' | 'no-collection' | 'untold' | KeychainTrouble;

/** Looks at the keychain from outside; on systems where that cannot be done there is none. */
export interface KeychainProbe {
  /** @param signal ends it; the answer then is of no interest any more. */
  look(signal: AbortSignal): Promise<KeychainReading>;
  /** Has the system ask the person to unlock the keychain; comes about when that is over, whatever came of it. */
  askToUnlock(signal: AbortSignal): Promise<void>;
  /** The names of the entries under a service, and when they were made; null where that cannot be found out without their values. */
  entries(service: string, signal: AbortSignal): Promise<readonly KeychainEntry[] | null>;
}

/** Secrets of one profile in the system keychain. */
export interface Keychain {
  get(name: string): Promise<Result<string | null, KeychainFailure>>;
  set(name: string, secret: string): Promise<Result<null, KeychainFailure>>;
  /** Deleting what is not there is a success: afterwards it is not there. */
  delete(name: string): Promise<Result<null, KeychainFailure>>;
  /** Every entry of ours by its name, whichever profile it belongs to. */
  entries(): Promise<Result<readonly KeychainEntry[], KeychainFailure>>;
  /** How it stood when it was last asked. */
  state(): KeychainView;
  /** An entry is there, and it is not what Sayso wrote: said until something was kept again. */
  foundCorrupt(): void;
  /**
   * Looks whether what was in the way is gone, also after a call that hung.
   * @param mayAsk whether the person may be asked to unlock it: only where they have just pressed for it.
   */
  tryAgain(mayAsk: boolean): Promise<KeychainView>;
}
