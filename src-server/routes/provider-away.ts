import { ProblemError, problemOf } from '../http/problem.js';

/** How long a client is asked to wait when the provider's keys cannot be fetched, in seconds. */
const PROVIDER_RETRY_S = '5';

/** Nobody can say whether a token is good. */
export function providerAway(): ProblemError {
  return new ProblemError(problemOf('unavailable'), { 'retry-after': PROVIDER_RETRY_S });
}
