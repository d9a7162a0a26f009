import type { BrowserSignInFailure } from '../../../src-shared/failures.js';
import { nonceOf } from '../../../src-shared/provider-sign-in.js';
import { failed, ok, type Result } from '../../../src-shared/result.js';
import type { SignInView } from '../../../src-shared/views.js';
import { beginSession } from '../begin-session.js';
import type { SessionParts } from '../parts.js';
import { answerPage } from './answer-page.js';
import { createAttempt, type Attempt } from './attempt.js';
import { failureOf } from './failure.js';
import { openListener, type Listener } from './listener.js';
import type { BrowserParts } from './parts.js';
import { findProvider, type Proof, type Provider, type Question } from './provider.js';

type Outcome = Result<null, BrowserSignInFailure>;

/** Signing in by the system's browser, one try per service at a time. */
export interface BrowserSignIn {
  /** Comes about when the person is signed in, or the try has come to its end otherwise. */
  begin(service: string, remember: boolean): Promise<Outcome>;
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

  /** Asks in the browser and waits for the answer. */
  async function askPerson(
    attempt: Attempt,
    service: string,
    { provider, listener, nonce }: { provider: Provider; listener: Listener; nonce: string },
  ): Promise<Result<{ answer: URL; question: Question }, BrowserSignInFailure>> {
    const question = await provider.ask(listener.redirectUri, nonce);
    const answered = listener.answerTo(question.state);
    // Stopped meanwhile: no window opens that nobody waits for.
    const ended = attempt.ended();
    if (ended) return failed(ended);
    if (!(await parts.openInBrowser(question.address))) return failed({ code: 'no-browser' });
    attempt.address = question.address;
    parts.onChange(service);
    const answer = await attempt.orEnd(answered);
    attempt.address = null;
    return answer.ok ? ok({ answer: answer.value, question }) : answer;
  }

  /** @returns what the provider says of the person. */
  async function proofFor(
    attempt: Attempt,
    service: string,
    nonce: string,
  ): Promise<Result<Proof, BrowserSignInFailure>> {
    const way = parts.wayOf(service);
    if (!way) return failed({ code: 'not-offered' });
    try {
      const found = await attempt.orEnd(findProvider(way, parts.fetch, parts.nowMs));
      if (!found.ok) return found;
      const provider = found.value;
      const page = answerPage(await parts.answerWords());
      const listener = await openListener(page).catch(() => null);
      if (!listener) return failed({ code: 'no-browser' });
      const said = await askPerson(attempt, service, { provider, listener, nonce }).finally(() => {
        listener.close();
      });
      return said.ok ? ok(await provider.exchange(said.value.answer, said.value.question)) : said;
    } catch (error) {
      return failed(failureOf(error));
    }
  }

  async function run(attempt: Attempt, service: string, remember: boolean): Promise<Outcome> {
    const handle = parts.newHandle();
    const nonce = nonceOf(parts.sha256, service, parts.hashHandle(handle));
    const proof = await proofFor(attempt, service, nonce);
    if (!proof.ok) return proof;
    const { idToken } = proof.value;
    const ended = attempt.ended() ?? (parts.store.isOpen() ? null : { code: 'cancelled' as const });
    const outcome = ended
      ? failed(ended)
      : await beginSession(parts, { service, remember, handle }, (baseAddress, bearing) =>
          parts.api.signInByProvider(baseAddress, { idToken, ...bearing }),
        );
    await proof.value.drop();
    return outcome;
  }

  return {
    async begin(service, remember) {
      if (parts.baseAddressOf(service) === null) return failed({ code: 'unknown-service' });
      if (parts.live.get(service)) return failed({ code: 'already-signed-in' });
      attempts.get(service)?.end({ code: 'cancelled' });
      const attempt = createAttempt();
      attempts.set(service, attempt);
      parts.onChange(service);
      const stopTimer = parts.startTimer(() => {
        attempt.end({ code: 'timed-out' });
      }, LONGEST_WAIT_MS);
      try {
        return await run(attempt, service, remember);
      } finally {
        stopTimer();
        if (attempts.get(service) === attempt) attempts.delete(service);
        if (parts.store.isOpen()) parts.onChange(service);
      }
    },
    view(service) {
      const way = parts.wayOf(service);
      if (!way) return { way: 'password' };
      const attempt = attempts.get(service);
      const state = !attempt ? 'idle' : attempt.address === null ? 'opening' : 'open';
      return { way: 'browser', host: new URL(way.issuer).host, state };
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
