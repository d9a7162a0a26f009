import { createRateLimiter, type Limit, type RateLimiter } from './rate-limit.js';

const MINUTE_MS = 60 * 1000;
const QUARTER_HOUR_MS = 15 * MINUTE_MS;

/** What may be tried how often. Addresses are those of `networkOf`. Every server counts for itself. */
export interface Limits {
  /** Wrong passwords of one account, from wherever, at sign-in or when it is to be changed. */
  readonly signInPerAccount: Limit;
  /** Wrong passwords from one address, whatever the account. */
  readonly signInPerAddress: Limit;
  /** Sign-ins and changes of password from one address, right or wrong: each costs the work of a password hash. */
  readonly passwordsPerAddress: Limit;
  /** New accounts asked for from one address, made or not, since the answer says which addresses have one. */
  readonly accountsPerAddress: Limit;
  /** Revoke handles sent from one address. */
  readonly revokesPerAddress: Limit;
  /** Requests with decisions but without a session, from one address. */
  readonly openPushesPerAddress: Limit;
  /** Entries without a session and without a proof, from one address: each costs the work of a signature. */
  readonly unprovenPerAddress: Limit;
  /** Requests without a session that one device's key vouches for. */
  readonly openPushesPerKey: Limit;
  /** Usage statistics and what is to be forgotten of them, from one address. */
  readonly usagePerAddress: Limit;
  /** Calls with a token, of one account. Generous: it stops only what runs in circles. */
  readonly callsPerAccount: Limit;
}

export const DEFAULT_LIMITS: Limits = {
  signInPerAccount: { most: 10, windowMs: QUARTER_HOUR_MS },
  signInPerAddress: { most: 60, windowMs: QUARTER_HOUR_MS },
  passwordsPerAddress: { most: 1000, windowMs: QUARTER_HOUR_MS },
  accountsPerAddress: { most: 200, windowMs: QUARTER_HOUR_MS },
  revokesPerAddress: { most: 600, windowMs: QUARTER_HOUR_MS },
  openPushesPerAddress: { most: 600, windowMs: QUARTER_HOUR_MS },
  unprovenPerAddress: { most: 5000, windowMs: QUARTER_HOUR_MS },
  openPushesPerKey: { most: 300, windowMs: QUARTER_HOUR_MS },
  usagePerAddress: { most: 600, windowMs: QUARTER_HOUR_MS },
  callsPerAccount: { most: 20_000, windowMs: MINUTE_MS },
};

/** One limiter per kind of try. */
export type Limiters = { readonly [Kind in keyof Limits]: RateLimiter };

/** The limiters for `limits`, on the given clock. */
export function createLimiters(limits: Limits, nowMs: () => number): Limiters {
  return {
    signInPerAccount: createRateLimiter(limits.signInPerAccount, nowMs),
    signInPerAddress: createRateLimiter(limits.signInPerAddress, nowMs),
    passwordsPerAddress: createRateLimiter(limits.passwordsPerAddress, nowMs),
    accountsPerAddress: createRateLimiter(limits.accountsPerAddress, nowMs),
    revokesPerAddress: createRateLimiter(limits.revokesPerAddress, nowMs),
    openPushesPerAddress: createRateLimiter(limits.openPushesPerAddress, nowMs),
    unprovenPerAddress: createRateLimiter(limits.unprovenPerAddress, nowMs),
    openPushesPerKey: createRateLimiter(limits.openPushesPerKey, nowMs),
    usagePerAddress: createRateLimiter(limits.usagePerAddress, nowMs),
    callsPerAccount: createRateLimiter(limits.callsPerAccount, nowMs),
  };
}
