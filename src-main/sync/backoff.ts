const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 5 * 60 * 1000;
/** While something waits and the person looks at the app, nobody waits longer than this for the next try. */
const LONGEST_IN_FRONT_MS = 15 * 1000;
/** How often to look for news when nothing waits. */
const IDLE_DELAY_MS = 60 * 1000;
/** The same while the service tells its news by itself: only in case it did not. */
const LIVE_DELAY_MS = 5 * 60 * 1000;

/** What the pause before the next run depends on. */
export interface PauseFacts {
  /** Runs in a row that did not get through. */
  readonly failures: number;
  readonly somethingWaits: boolean;
  readonly inFront: boolean;
  /** Whether the service tells its news at once. */
  readonly isLive: boolean;
  /** What the server asked for, if it did. */
  readonly retryAfterMs: number | null;
  /** A random number from 0 up to, but not including, 1. */
  readonly random: number;
}

/**
 * How long to wait before the next run, in milliseconds: exponential with full jitter, so that many devices do not come
 * back in step after an outage; capped while the app is in front and something waits; a server's own wish goes first.
 */
export function nextRunDelayMs(facts: PauseFacts): number {
  const { failures, somethingWaits, inFront, isLive, retryAfterMs, random } = facts;
  // A server that asks for no pause at all still gets one.
  if (retryAfterMs !== null) return Math.max(retryAfterMs, FIRST_DELAY_MS / 2);
  if (failures === 0) return isLive ? LIVE_DELAY_MS : IDLE_DELAY_MS;
  const ceilingMs = Math.min(FIRST_DELAY_MS * 2 ** Math.min(failures, 20), LONGEST_DELAY_MS);
  const jitteredMs = FIRST_DELAY_MS / 2 + random * (ceilingMs - FIRST_DELAY_MS / 2);
  return somethingWaits && inFront ? Math.min(jitteredMs, LONGEST_IN_FRONT_MS) : jitteredMs;
}
