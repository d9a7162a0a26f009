import type { SessionFailure } from '../../src-shared/failures.js';
import type { ApiFailure } from '../api/index.js';

/** What a failed call means for the person who wants to sign in. */
export function sessionFailureOf(failure: ApiFailure): SessionFailure {
  if (failure.kind !== 'problem') return { code: failure.kind };
  switch (failure.problem.type) {
    case 'bad-credentials':
    case 'account-exists':
    case 'too-many-requests':
      return { code: failure.problem.type };
    case 'bad-request':
      return { code: 'malformed-credentials' };
    default:
      return { code: 'server-error' };
  }
}

/**
 * Whether a failed sign-in may have opened a session all the same: when no answer came, or one that cannot be read, the
 * server may have done its part; and when the request itself is found wrong, because a network that sends it twice gets that
 * answer the second time: the handle is used by then.
 */
export function mayHaveOpened(failure: ApiFailure): boolean {
  if (failure.kind === 'problem') return failure.problem.type === 'bad-request';
  return failure.kind !== 'no-service';
}
