import type { BrowserSignInFailure, IpcFailure } from '../../src-shared/failures.js';
import type { Messages } from '../../src-shared/text/index.js';
import { failureWords } from './failure-words.js';

/** Why nobody was signed in by the browser: what happened, what it means, what to do; null where that needs no words. */
export function browserSignInWords(
  failure: BrowserSignInFailure | IpcFailure,
  names: { readonly service: string; readonly host: string },
  text: Messages,
): string | null {
  const browser = text.browserSignIn;
  switch (failure.code) {
    case 'cancelled':
      return null;
    case 'denied':
      return browser.denied(names);
    case 'timed-out':
      return browser.timedOut();
    case 'no-browser':
      return browser.noBrowser();
    case 'provider-unreachable':
      return browser.unreachable(names);
    case 'provider-odd':
      return browser.odd(names);
    case 'clock-wrong':
      return browser.clock(names);
    // The service checks what the provider says, and these are its ways to say no.
    case 'bad-credentials':
    case 'malformed-credentials':
    case 'not-offered':
      return browser.refused(names);
    default:
      return failureWords(failure, null, text);
  }
}
