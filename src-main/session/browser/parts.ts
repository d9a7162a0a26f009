import type { BrowserWay } from '../../../src-shared/manifest.js';
import type { Sha256 } from '../../../src-shared/ledger/entry.js';
import type { Fetch } from '../../api/index.js';
import type { AnswerWords } from './answer-page.js';

/** What signing in by the browser needs beside what every sign-in does. */
export interface BrowserParts {
  /** The provider of a service; null where people sign in with address and password, and for a service nobody knows. */
  readonly wayOf: (service: string) => BrowserWay | null;
  /** Opens an address in the system's browser; whether that could be done. */
  readonly openInBrowser: (address: string) => Promise<boolean>;
  readonly fetch: Fetch;
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  readonly sha256: Sha256;
  /** What the browser shows at the end, in the person's language. */
  readonly answerWords: () => Promise<AnswerWords>;
}
