import type { RateLimiter } from '../auth/rate-limit.js';
import { ProblemError, problemOf, retryAfter } from './problem.js';

/** The answer to one try too many: 429, and when the next one may be made. */
export function tooMany(waitMs: number): ProblemError {
  return new ProblemError(problemOf('too-many-requests'), { 'retry-after': retryAfter(waitMs) });
}

/**
 * Counts a try.
 * @throws ProblemError when it is one too many.
 */
export function spend(limiter: RateLimiter, key: string, cost = 1): void {
  const waitMs = limiter.take(key, cost);
  if (waitMs > 0) throw tooMany(waitMs);
}
