import type { BrowserFailure } from '../../../src-shared/failures.js';
import { ProviderAwayError } from './provider-fetch.js';

/** Why no proof came: `not-fresh` only where a sign-in of just now was asked for. */
export type ProofFailure = BrowserFailure | { readonly code: 'not-fresh' };

/** The client library's name for a token whose times are not now. */
const OF_ANOTHER_TIME = 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED';

/** What a provider's refusal, or anything about it that does not check, means for the person who wants to sign in. */
export function failureOf(error: unknown): ProofFailure {
  if (error instanceof ProviderAwayError) return { code: 'provider-unreachable' };
  if (!(error instanceof Error)) return { code: 'provider-odd' };
  // Answers of the provider's own (RFC 6749, section 4.1.2.1; OpenID Connect Core 1.0, section 3.1.2.6).
  if ('error' in error && error.error === 'access_denied') return { code: 'denied' };
  if ('error' in error && error.error === 'login_required') return { code: 'not-fresh' };
  const code = 'code' in error ? error.code : null;
  return { code: code === OF_ANOTHER_TIME ? 'clock-wrong' : 'provider-odd' };
}
