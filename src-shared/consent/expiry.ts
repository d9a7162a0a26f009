/** One day in milliseconds. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** A grant ends at most this long after it was given (ISO/IEC TS 27560 asks for an end; the German EinwV and CNIL for renewal within a year). */
export const LONGEST_GRANT_MS = 365 * DAY_MS;

/** An unanswered-again refusal this old may be asked about once more; it goes on holding. */
export const REFUSAL_QUIET_MS = 365 * DAY_MS;

/**
 * When a grant ends, in milliseconds since 1970. Counted from the press, or from the server's own time of receipt where
 * that is earlier, so that a device clock set ahead cannot lengthen it.
 */
export function grantEndsAtMs(head: {
  readonly atMs: number;
  readonly receivedAtMs: number | null;
}): number {
  return Math.min(head.atMs, head.receivedAtMs ?? head.atMs) + LONGEST_GRANT_MS;
}
