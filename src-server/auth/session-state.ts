import { SESSION_LIFE_DAYS } from '../../src-shared/api-contract.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a row is kept after its session's expiry, to tell "expired" and "ended" from "never heard of". */
export const KEPT_AFTER_EXPIRY_MS = 30 * DAY_MS;

/** When a session that begins now expires: a day, or the longest life for a person who chose to stay signed in. */
export function expiryAtMs(beginsAtMs: number, remember: boolean): number {
  return beginsAtMs + (remember ? SESSION_LIFE_DAYS : 1) * DAY_MS;
}

/**
 * What a session is at `nowMs`. An end outranks expiry: a client that was signed out from elsewhere has to clear up, and
 * has to do so also when it hears of it late.
 */
export function stateOf(
  session: { readonly expires_at_ms: number; readonly ended_at_ms: number | null },
  nowMs: number,
): 'open' | 'session-expired' | 'session-ended' {
  if (session.ended_at_ms !== null) return 'session-ended';
  return nowMs < session.expires_at_ms ? 'open' : 'session-expired';
}
