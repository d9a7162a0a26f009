import { failed, ok, type Result } from '../../src-shared/result.js';

/** The part of keytar that is used; a test passes its own. */
export interface KeychainLibrary {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** The system's keychain did not do it: there is none, it is locked, it refused, or it does not answer. */
export type KeychainFailure = { readonly code: 'unavailable' | 'not-answering' };

/** Secrets of one profile in the system keychain. */
export interface Keychain {
  get(name: string): Promise<Result<string | null, KeychainFailure>>;
  set(name: string, secret: string): Promise<Result<null, KeychainFailure>>;
  /** Deleting what is not there is a success: afterwards it is not there. */
  delete(name: string): Promise<Result<null, KeychainFailure>>;
}

/** The name under which every secret of Sayso is listed in the system's own keychain tool. */
export const KEYCHAIN_SERVICE = 'Sayso';

/** A keyring that is locked does not fail, it waits for somebody to unlock it; nobody waits longer than this. */
export const ANSWER_WITHIN_MS = 4000;

interface Parts {
  /** Loads the native library; it throws where libsecret is not installed. */
  readonly load: () => Promise<KeychainLibrary>;
  /** Calls `run` once after `delayMs`, unless the answer was called before. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  /** Told after every call whether the keychain works. */
  readonly onReading: (works: boolean) => void;
}

/**
 * The keychain, one call at a time (the libraries below it are not made for more), each limited in time. After a call
 * that never answered no other is made: each would block one of the few threads that file access needs too.
 */
export function createKeychain({ load, startTimer, onReading }: Parts): Keychain {
  let last: Promise<unknown> = Promise.resolve();
  let hangs = false;

  const inTime = <Value>(call: Promise<Value>): Promise<Result<Value, KeychainFailure>> =>
    new Promise((resolve, reject) => {
      const stopWaiting = startTimer(() => {
        hangs = true;
        resolve(failed({ code: 'not-answering' }));
      }, ANSWER_WITHIN_MS);
      call
        .then(
          (value) => ok(value),
          () => failed({ code: 'unavailable' } as const),
        )
        .then((outcome) => {
          stopWaiting();
          resolve(outcome);
        }, reject);
    });

  const inTurn = <Value>(
    work: (library: KeychainLibrary) => Promise<Value>,
  ): Promise<Result<Value, KeychainFailure>> => {
    const turn = last.then(async () => {
      if (hangs) return failed({ code: 'not-answering' } as const);
      const outcome = await inTime(load().then(work));
      onReading(outcome.ok);
      return outcome;
    });
    last = turn;
    return turn;
  };

  return {
    get: (name) => inTurn((library) => library.getPassword(KEYCHAIN_SERVICE, name)),
    set: (name, secret) =>
      inTurn(async (library) => {
        await library.setPassword(KEYCHAIN_SERVICE, name, secret);
        return null;
      }),
    delete: (name) =>
      inTurn(async (library) => {
        await library.deletePassword(KEYCHAIN_SERVICE, name);
        return null;
      }),
  };
}

/** The keychain account of this device's key for an account: `<service>/<profile id>/device`. */
export function deviceAccount(service: string, profileId: string): string {
  return `${service}/${profileId}/device`;
}

/** The keychain account of a service's session token: `<service>/<profile id>/token`. */
export function tokenAccount(service: string, profileId: string): string {
  return `${service}/${profileId}/token`;
}
