/** One day in milliseconds. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** A grant ends at most this long after it was given (ISO/IEC TS 27560 asks for an end; the German EinwV and CNIL for renewal within a year). */
export const LONGEST_GRANT_MS = 365 * DAY_MS;

/** An unanswered-again refusal this old may be asked about once more; it goes on holding. */
export const REFUSAL_QUIET_MS = 365 * DAY_MS;

/** What the end of a grant depends on. */
export interface GrantTimes {
  /** `trustedNow` at the press: the device's clock, corrected by `clockOffsetMs` where that is known. */
  readonly pressedAtMs: number;
  /** When the server took it, by the server's clock; null while it has not. */
  readonly receivedAtMs: number | null;
}

/**
 * When a grant ends by age, in milliseconds since 1970. Counted from the press, or from the server's own time of receipt
 * where that is earlier, so that a device clock set ahead cannot lengthen it.
 */
export function grantEndsAtMs({ pressedAtMs, receivedAtMs }: GrantTimes): number {
  return Math.min(pressedAtMs, receivedAtMs ?? pressedAtMs) + LONGEST_GRANT_MS;
}

/** `trustedNow` at the press of a decision, as far as the decision itself tells. */
export function pressedAtMs(decision: {
  readonly at: string;
  readonly clockOffsetMs?: number | undefined;
}): number {
  return Date.parse(decision.at) + (decision.clockOffsetMs ?? 0);
}
