import type { AccountFailure } from '../../src-shared/failures.js';
import type { ApiFailure } from '../api/index.js';

/** What a failed call with a session's token means for the person who asked for it. */
export function accountFailureOf(failure: ApiFailure): AccountFailure {
  if (failure.kind !== 'problem') return { code: failure.kind };
  const { problem, retryAfterMs } = failure;
  switch (problem.type) {
    case 'session-ended':
      return { code: 'session-ended' };
    case 'bad-credentials':
      return { code: 'wrong-password' };
    case 'too-many-requests':
      return { code: 'too-many-requests', waitMs: retryAfterMs };
    case 'bad-request':
      return { code: 'malformed-password' };
    default:
      return { code: problem.status === 401 ? 'session-expired' : 'server-error' };
  }
}

/** Whether the service may have done what it was asked although no proper refusal came. */
export function mayBeDone(failure: ApiFailure): boolean {
  return failure.kind !== 'problem' && failure.kind !== 'no-service';
}
