import type { BrowserSignInFailure } from '../../../src-shared/failures.js';
import { failed, ok, type Result } from '../../../src-shared/result.js';

/** One try to sign in by the browser, from the press to its end. */
export interface Attempt {
  /** The provider's page, once it has been opened. */
  address: string | null;
  /** Why it came to an end before the browser came back; null while it goes on. */
  readonly ended: () => BrowserSignInFailure | null;
  /** Ends it, unless it has ended. */
  end(why: BrowserSignInFailure): void;
  /** What `work` comes to, or why the try ended first. */
  orEnd<Value>(work: Promise<Value>): Promise<Result<Value, BrowserSignInFailure>>;
}

export function createAttempt(): Attempt {
  let why: BrowserSignInFailure | null = null;
  let tell: (why: BrowserSignInFailure) => void = () => undefined;
  const end = new Promise<BrowserSignInFailure>((resolve) => (tell = resolve));
  return {
    address: null,
    ended: () => why,
    end(reason) {
      why ??= reason;
      tell(why);
    },
    orEnd: (work) => Promise.race([work.then(ok), end.then((reason) => failed(reason))]),
  };
}
