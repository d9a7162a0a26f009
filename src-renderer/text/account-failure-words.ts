import type { AccountFailure, IpcFailure, LeaveFailure } from '../../src-shared/failures.js';
import type { AccountMessages } from '../../src-shared/text/index.js';
import type { Messages } from '../../src-shared/text/index.js';
import { failureWords } from './failure-words.js';

/** What was asked of the service. */
export type AccountAct = 'list' | 'end' | 'password' | 'remove';

/** The sentences of every failure, and those of accounts. */
export interface FailureTexts {
  readonly text: Messages;
  readonly account: AccountMessages;
}

type Failure = AccountFailure | IpcFailure;
type Said = Exclude<Failure, { code: 'unknown-service' | 'not-saved' } | IpcFailure>;

const MINUTE_MS = 60_000;

/** Why the service did not do something: what happened, what it means, what to do. */
export function accountFailureWords(
  failure: Failure,
  act: AccountAct,
  service: string,
  { text, account }: FailureTexts,
): string {
  switch (failure.code) {
    case 'unknown-service':
    case 'not-saved':
    case 'not-allowed':
    case 'malformed':
    case 'unexpected':
      return failureWords(failure, null, text) ?? '';
    default:
      return [
        whatHappened(failure, service, account),
        meansOf(act, mayBeDone(failure), service, account),
        todoOf(failure, act, account),
      ]
        .filter((sentence) => sentence !== '')
        .join(' ');
  }
}

/** What came of asking the service, in one sentence. */
export function whatHappened({ code }: Said, service: string, account: AccountMessages): string {
  const said: Record<Said['code'], string> = {
    'no-network': account.noNetwork({ service }),
    'server-error': account.serverError({ service }),
    'not-understood': account.notUnderstood({ service }),
    'no-service': account.noService({ service }),
    'too-many-requests': account.tooMany({ service }),
    'session-expired': account.sessionExpired(),
    'session-ended': account.sessionEnded(),
    'not-signed-in': account.notSignedIn(),
    'wrong-password': account.passwordWrong(),
    'malformed-password': account.malformed({ service }),
  };
  return said[code];
}

/** Whether it may have been done all the same, because no proper refusal came. */
function mayBeDone({ code }: Failure): boolean {
  return code === 'no-network' || code === 'server-error' || code === 'not-understood';
}

function meansOf(
  act: AccountAct,
  isUnclear: boolean,
  service: string,
  account: AccountMessages,
): string {
  switch (act) {
    case 'list':
      return '';
    case 'end':
      return isUnclear ? account.endMeansUnclear() : account.endMeansUnchanged();
    case 'password':
      return isUnclear ? account.passwordMeansUnclear() : account.passwordMeansUnchanged();
    case 'remove':
      return isUnclear ? account.removeMeansUnclear({ service }) : account.removeMeansUnchanged();
  }
}

function todoOf(failure: Said, act: AccountAct, account: AccountMessages): string {
  switch (failure.code) {
    case 'no-network':
      return act === 'password' ? account.doTryNew() : account.doCheck();
    case 'not-understood':
      return account.doPage();
    case 'too-many-requests':
      return failure.waitMs === null
        ? account.doLater()
        : account.doMinutes({ count: Math.max(1, Math.ceil(failure.waitMs / MINUTE_MS)) });
    case 'session-expired':
    case 'session-ended':
    case 'not-signed-in':
      return account.doSignIn();
    case 'malformed-password':
      return account.doPassword();
    case 'wrong-password':
      return account.doAgain();
    case 'server-error':
    case 'no-service':
      return account.doLater();
  }
}

/** Why a way to leave was not gone to its end; null where that needs no words. */
export function leaveFailureWords(
  failure: LeaveFailure | IpcFailure,
  service: string,
  { text, account }: FailureTexts,
): string | null {
  return failure.code === 'key-locked'
    ? account.keyLocked({ service })
    : failureWords(failure, 'denied', text);
}
