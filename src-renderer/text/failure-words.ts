import type { SessionFailure } from '../../src-shared/failures.js';
import type { Messages } from '../../src-shared/text/index.js';
import type { Choice } from '../../src-shared/consent/decision.js';
import type { PressFailure } from '../decide-queue.js';

type SaveCause = Extract<SessionFailure, { code: 'not-saved' }>['cause'];
type Failure = PressFailure | SessionFailure;

/**
 * What happened, what it means for the person's choices and what to do, for every failure a call can answer with.
 * @param said what the press would have said; null when it said neither yes nor no.
 * @returns null for a failure that needs no words, because the person's own later press took its place.
 */
export function failureWords(
  failure: Failure,
  said: Choice | null,
  { failure: text }: Messages,
): string | null {
  switch (failure.code) {
    case 'overtaken':
      return null;
    case 'screen-changed':
      return text.screenChanged();
    case 'not-saved':
      return notSaved(failure.cause, said, text);
    case 'not-a-choice':
      return text.notAChoice();
    case 'ledger-suspect':
      return text.ledgerSuspect();
    case 'unknown-service':
      return text.unknownService();
    case 'already-signed-in':
      return text.alreadySignedIn();
    case 'bad-credentials':
      return text.badCredentials();
    case 'account-exists':
      return text.accountExists();
    case 'malformed-credentials':
      return text.malformedCredentials();
    case 'too-many-requests':
      return text.tooManyRequests();
    case 'no-network':
      return text.noNetwork();
    case 'server-error':
      return text.serverError();
    case 'not-understood':
      return text.notUnderstood();
    case 'no-service':
      return text.noService();
    case 'not-allowed':
    case 'malformed':
    case 'unexpected':
      return text.unexpected();
  }
}

function notSaved(cause: SaveCause, said: Choice | null, text: Messages['failure']): string {
  const [what, todo] = {
    full: [text.notSavedFull, text.doFull] as const,
    'read-only': [text.notSavedReadOnly, text.doReadOnly] as const,
    busy: [text.notSavedBusy, text.doBusy] as const,
    broken: [text.notSavedBroken, text.doBroken] as const,
  }[cause];
  const means =
    said === null ? text.otherMeans() : said === 'granted' ? text.grantMeans() : text.denialMeans();
  return text.threeParts({ what: what(), means, todo: todo() });
}
