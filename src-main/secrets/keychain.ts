import { failed, ok, type Result } from '../../src-shared/result.js';
import type { KeychainView } from '../../src-shared/views.js';
import { KEYCHAIN_SERVICE } from './names.js';
import { createTurns } from './turns.js';
import type {
  Keychain,
  KeychainFailure,
  KeychainLibrary,
  KeychainProbe,
  KeychainReading,
  KeychainTrouble,
} from './types.js';
import { within, type StartTimer } from './within.js';

/** A keychain that waits for somebody does not fail, it hangs; nobody waits longer than this for a call. */
export const ANSWER_WITHIN_MS = 4000;
/** For a look from outside, which asks for nothing but a state. */
export const LOOK_WITHIN_MS = 1500;
/** For a person who is asked for the keychain's password. */
export const UNLOCK_WITHIN_MS = 120_000;
/** Each call that hangs holds one of the four threads that file access needs too; more than this are never risked. */
const MOST_HANGING = 2;

interface Parts {
  /** Loads the native library; it throws where libsecret is not installed. */
  readonly load: () => Promise<KeychainLibrary>;
  readonly startTimer: StartTimer;
  /** Told how the keychain stands whenever that has changed. */
  readonly onReading: (state: KeychainView) => void;
  /** Left out where the system has no way to look from outside. */
  readonly probe?: KeychainProbe;
  /** Loads the library once more, where nothing is left of the keychain that it spoke to; left out, nobody can. */
  readonly reload?: () => Promise<KeychainLibrary>;
}

type Answer<Value> = Result<Value, KeychainFailure>;

/**
 * The keychain, one call at a time, each limited in time. Before each call it is looked at from outside: a locked keyring
 * would answer "nothing there" where something is, or hold a thread until somebody unlocks it. After a call that never
 * answered no other is made until {@link Keychain.tryAgain} has found that the keychain is back. A keychain that died and was
 * started again is spoken to through a library that was loaded after that.
 */
export function createKeychain({ load, startTimer, onReading, probe, reload }: Parts): Keychain {
  const turns = createTurns();
  let state: KeychainView = 'unknown';
  let isLatched = false;
  /** Whether the library has ever got an answer in this run. */
  let hasWorked = false;
  let hanging = 0;
  /** What came in the place of the library, since the keychain that it spoke to is no more. */
  let reloaded: KeychainLibrary | null = null;

  const become = (next: KeychainView): void => {
    if (state === next) return;
    state = next;
    onReading(next);
  };
  const fail = (found: KeychainTrouble): Answer<never> => {
    // What had worked in this run and is not there any more is not a machine without a keychain.
    const hadWorked = state === 'available' || state === 'died';
    const code = found === 'absent' && hadWorked ? 'died' : found;
    become(code);
    return failed({ code });
  };
  const look = (): Promise<KeychainReading> =>
    probe
      ? within(
          startTimer,
          LOOK_WITHIN_MS,
          (signal) => probe.look(signal),
          () => 'hanging',
        )
      : Promise.resolve('untold');

  const call = async <Value>(
    library: KeychainLibrary,
    work: (library: KeychainLibrary) => Promise<Value>,
  ): Promise<Answer<Value>> => {
    hanging += 1;
    const answered = work(library).then(
      (value) => ok(value),
      async () => failed({ code: await whyFailed(look, hasWorked) }),
    );
    const outcome = await within<Answer<Value> | null>(
      startTimer,
      ANSWER_WITHIN_MS,
      () =>
        answered.finally(() => {
          hanging -= 1;
        }),
      () => null,
    );
    if (outcome !== null) return outcome;
    isLatched = true;
    return failed({ code: 'hanging' });
  };

  const callAnyhow = async <Value>(
    library: KeychainLibrary,
    work: (library: KeychainLibrary) => Promise<Value>,
  ): Promise<Answer<Value>> => {
    const outcome = await call(library, work);
    if (outcome.ok || outcome.error.code !== 'died' || !reload) return outcome;
    if ((await look()) !== 'open') return outcome;
    reloaded = await reload().catch(() => null);
    return reloaded ? call(reloaded, work) : outcome;
  };

  /** @param isNothing whether an answer says that there is nothing, which a locked keyring says of everything. */
  const inTurn = <Value>(
    work: (library: KeychainLibrary) => Promise<Value>,
    isNothing: (value: Value) => boolean = () => false,
  ): Promise<Answer<Value>> =>
    turns.take(async () => {
      if (isLatched) return fail('hanging');
      const before = await look();
      if (before !== 'open' && before !== 'untold') return fail(troubleOf(before));
      const library = reloaded ?? (await load().catch(() => null));
      if (library === null) return fail('absent');
      const outcome = await callAnyhow(library, work);
      if (!outcome.ok) return fail(outcome.error.code);
      hasWorked = true;
      if (isNothing(outcome.value)) {
        const after = await look();
        if (after !== 'open' && after !== 'untold') return fail(troubleOf(after));
      }
      if (state !== 'corrupt') become('available');
      return outcome;
    });

  return {
    get: (name) =>
      inTurn(
        (library) => library.getPassword(KEYCHAIN_SERVICE, name),
        (found) => found === null,
      ),
    async set(name, secret) {
      const kept = await inTurn((library) => library.setPassword(KEYCHAIN_SERVICE, name, secret));
      if (!kept.ok) return kept;
      become('available');
      return ok(null);
    },
    async delete(name) {
      const gone = await inTurn(
        (library) => library.deletePassword(KEYCHAIN_SERVICE, name),
        (wasThere) => !wasThere,
      );
      return gone.ok ? ok(null) : gone;
    },
    entries: () =>
      inTurn(async (library) => {
        const listed = await within(
          startTimer,
          LOOK_WITHIN_MS,
          (signal) => probe?.entries(KEYCHAIN_SERVICE, signal) ?? Promise.resolve(null),
          () => null,
        );
        if (listed !== null) return listed;
        // The library has no way to ask for names alone; the values are let go of here.
        const found = await library.findCredentials(KEYCHAIN_SERVICE);
        return found.map(({ account }) => ({ account, madeAtMs: null }));
      }),
    state: () => state,
    foundCorrupt: () => {
      become('corrupt');
    },
    async tryAgain(mayAsk) {
      let reading = await look();
      if (mayAsk && probe && (reading === 'locked' || reading === 'no-collection')) {
        await within(startTimer, UNLOCK_WITHIN_MS, (signal) => probe.askToUnlock(signal), noAnswer);
        reading = await look();
      }
      if (reading !== 'open' && reading !== 'untold') fail(troubleOf(reading));
      else if (hanging < MOST_HANGING) {
        isLatched = false;
        // Where nobody can tell from outside, the next call will.
        if (reading === 'open' && state !== 'corrupt') become('available');
      }
      return state;
    },
  };
}

function noAnswer(): void {
  // The person has not answered the system's question; looking again says how things stand.
}

/**
 * A keychain that was there a moment ago, failed, and is there no more has died in the middle of the call. One that is there,
 * open, and fails after it has worked died and was started again: libsecret goes on speaking to the one of before for as long as
 * the process lives that loaded it.
 */
async function whyFailed(
  look: () => Promise<KeychainReading>,
  hasWorked: boolean,
): Promise<KeychainTrouble> {
  const reading = await look();
  if (reading === 'open' && hasWorked) return 'died';
  if (reading === 'open' || reading === 'untold') return 'denied';
  return reading === 'absent' ? 'died' : troubleOf(reading);
}

/** Nothing can be kept in a keychain that has not been set up, until the person has done so: as with a locked one. */
function troubleOf(reading: Exclude<KeychainReading, 'open' | 'untold'>): KeychainTrouble {
  return reading === 'no-collection' ? 'locked' : reading;
}
