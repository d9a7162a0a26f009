import { createRateLimiter, type Limit, type RateLimiter } from './rate-limit.js';

const QUARTER_HOUR_MS = 15 * 60 * 1000;

/** What may be tried how often. */
export interface Limits {
  /** Failed sign-ins of one account, from wherever. */
  readonly signInPerAccount: Limit;
  /** Failed sign-ins from one address, whatever the account. */
  readonly signInPerAddress: Limit;
  /** New accounts asked for from one address, made or not, since the answer says which addresses have one. */
  readonly accountsPerAddress: Limit;
}

export const DEFAULT_LIMITS: Limits = {
  signInPerAccount: { most: 10, windowMs: QUARTER_HOUR_MS },
  signInPerAddress: { most: 60, windowMs: QUARTER_HOUR_MS },
  accountsPerAddress: { most: 200, windowMs: QUARTER_HOUR_MS },
};

/** One limiter per kind of try. */
export type Limiters = { readonly [Kind in keyof Limits]: RateLimiter };

/** The limiters for `limits`, on the given clock. */
export function createLimiters(limits: Limits, nowMs: () => number): Limiters {
  return {
    signInPerAccount: createRateLimiter(limits.signInPerAccount, nowMs),
    signInPerAddress: createRateLimiter(limits.signInPerAddress, nowMs),
    accountsPerAddress: createRateLimiter(limits.accountsPerAddress, nowMs),
  };
}
