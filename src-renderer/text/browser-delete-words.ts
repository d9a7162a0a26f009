import type { BrowserDeleteFailure, IpcFailure } from '../../src-shared/failures.js';
import { accountFailureWords, type FailureTexts } from './account-failure-words.js';

/** Why an account was not deleted by the browser: what happened, what it means, what to do; null where that needs no words. */
export function browserDeleteWords(
  failure: BrowserDeleteFailure | IpcFailure,
  names: { readonly service: string; readonly host: string },
  texts: FailureTexts,
): string | null {
  const { account } = texts;
  switch (failure.code) {
    case 'cancelled':
      return null;
    case 'denied':
      return account.removeDenied(names);
    case 'timed-out':
      return account.removeTimedOut();
    case 'no-browser':
      return account.removeNoBrowser();
    case 'provider-unreachable':
      return account.removeUnreachable(names);
    case 'provider-odd':
    case 'not-offered':
      return account.removeOdd(names);
    case 'clock-wrong':
      return account.removeClock(names);
    case 'not-fresh':
      return account.removeNotFresh(names);
    case 'other-person':
      return account.removeOther(names);
    default:
      return accountFailureWords(failure, 'remove', names.service, texts);
  }
}
