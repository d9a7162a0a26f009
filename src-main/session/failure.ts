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
 * server may have done its part.
 */
export function mayHaveOpened(failure: ApiFailure): boolean {
  return failure.kind !== 'problem' && failure.kind !== 'no-service';
}
