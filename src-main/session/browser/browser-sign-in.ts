import type { BrowserSignInFailure } from '../../../src-shared/failures.js';
import { nonceOf } from '../../../src-shared/provider-sign-in.js';
import { failed, type Result } from '../../../src-shared/result.js';
import type { SignInView } from '../../../src-shared/views.js';
import { beginSession } from '../begin-session.js';
import type { SessionParts } from '../parts.js';
import { createAttempt, type Attempt } from './attempt.js';
import type { ProofFailure } from './failure.js';
import type { BrowserParts } from './parts.js';
import { prove } from './prove.js';
import type { Wanted } from './provider.js';
import { signInViewOf } from './sign-in-view.js';

type Outcome = Result<null, BrowserSignInFailure>;

/** Signing in by the system's browser, one try per service at a time. */
export interface BrowserSignIn {
  /** Comes about when the person is signed in, or the try has come to its end otherwise. */
  begin(service: string, remember: boolean): Promise<Outcome>;
  /**
   * Has the person sign in at the provider once more, however recently they did, and hands on its word (an ID token that carries
   * `nonce`) to be used at once.
   */
  proveAnew<Value, Failure>(
    service: string,
    nonce: string,
    use: (idToken: string) => Promise<Result<Value, Failure>>,
  ): Promise<Result<Value, Failure | ProofFailure>>;
  /** How people sign in to a service, and how far a try has come. */
  view(service: string): SignInView;
  /** Opens the provider's page once more, while it is waited for. */
  openAgain(service: string): void;
  /** Ends the try, if there is one; nothing is left of it. Once the provider's word is on its way to the service, it goes on. */
  cancel(service: string): void;
  cancelAll(): void;
}

/** How long the person may take in the browser. */
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * Authorization code with PKCE in the system's browser (RFC 8252, 7636, 9700). Nothing is kept of a try: before the browser
 * comes back there is nothing to undo, and afterwards a session begins as every other does, its handle stored first.
 */
export function createBrowserSignIn(parts: SessionParts & BrowserParts): BrowserSignIn {
  const attempts = new Map<string, Attempt>();

  /** One try at a time: whatever was under way for the service gives way to it. */
  async function attemptTo<Value>(
    service: string,
    work: (attempt: Attempt) => Promise<Value>,
  ): Promise<Value> {
    attempts.get(service)?.end({ code: 'cancelled' });
    const attempt = createAttempt();
    attempts.set(service, attempt);
    parts.onChange(service);
    const stopTimer = parts.startTimer(() => {
      attempt.end({ code: 'timed-out' });
    }, LONGEST_WAIT_MS);
    try {
      return await work(attempt);
    } finally {
      stopTimer();
      if (attempts.get(service) === attempt) attempts.delete(service);
      if (parts.store.isOpen()) parts.onChange(service);
    }
  }

  /** Has the person sign in, and hands on what proves it, unless the try ended meanwhile; the provider has its tokens back then. */
  async function withProof<Value, Failure>(
    attempt: Attempt,
    service: string,
    wanted: Wanted,
    use: (idToken: string) => Promise<Result<Value, Failure>>,
  ): Promise<Result<Value, Failure | ProofFailure>> {
    const proof = await prove(parts, attempt, service, wanted);
    if (!proof.ok) return proof;
    const ended = attempt.ended() ?? (parts.store.isOpen() ? null : { code: 'cancelled' as const });
    const outcome = ended
      ? failed(ended)
      : proof.value.isAnew
        ? await use(proof.value.idToken)
        : failed({ code: 'not-fresh' as const });
    await proof.value.drop();
    return outcome;
  }

  return {
    async begin(service, remember) {
      if (parts.baseAddressOf(service) === null) return failed({ code: 'unknown-service' });
      if (parts.live.get(service)) return failed({ code: 'already-signed-in' });
      const handle = parts.newHandle();
      const nonce = nonceOf(parts.sha256, service, parts.hashHandle(handle));
      const outcome = await attemptTo(service, (attempt) =>
        withProof(attempt, service, { nonce, isAnew: false }, (idToken) =>
          beginSession(parts, { service, remember, handle }, (baseAddress, bearing) =>
            parts.api.signInByProvider(baseAddress, { idToken, ...bearing }),
          ),
        ),
      );
      if (outcome.ok) return outcome;
      const { error } = outcome;
      // Nobody was asked to sign in anew: a provider that asks for it all the same cannot be followed.
      return failed(error.code === 'not-fresh' ? { code: 'provider-odd' } : error);
    },
    proveAnew: (service, nonce, use) =>
      attemptTo(service, (attempt) => withProof(attempt, service, { nonce, isAnew: true }, use)),
    view(service) {
      const attempt = attempts.get(service);
      const state = !attempt ? 'idle' : attempt.address === null ? 'opening' : 'open';
      return signInViewOf(parts.wayOf(service), state);
    },
    openAgain(service) {
      const address = attempts.get(service)?.address;
      if (address) void parts.openInBrowser(address);
    },
    cancel(service) {
      attempts.get(service)?.end({ code: 'cancelled' });
    },
    cancelAll() {
      for (const attempt of attempts.values()) attempt.end({ code: 'cancelled' });
    },
  };
}
