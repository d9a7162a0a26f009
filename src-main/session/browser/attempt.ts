import type { BrowserFailure } from '../../../src-shared/failures.js';
import { failed, ok, type Result } from '../../../src-shared/result.js';

/** One try to have somebody sign in by the browser, from the press to its end. */
export interface Attempt {
  /** The provider's page, once it has been opened. */
  address: string | null;
  /** Why it came to an end before the browser came back; null while it goes on. */
  readonly ended: () => BrowserFailure | null;
  /** Ends it, unless it has ended. */
  end(why: BrowserFailure): void;
  /** What `work` comes to, or why the try ended first. */
  orEnd<Value>(work: Promise<Value>): Promise<Result<Value, BrowserFailure>>;
}

export function createAttempt(): Attempt {
  let why: BrowserFailure | null = null;
  let tell: (why: BrowserFailure) => void = () => undefined;
  const end = new Promise<BrowserFailure>((resolve) => (tell = resolve));
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
