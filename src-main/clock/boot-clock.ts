/** Asking the system takes a while, and the clock is read several times for each press. */
const ASKED_EVERY_MS = 1000;
/** Where the other clocks agree, asking can wait: a press comes after a rest as a rule, and would ask each time. */
const ASKED_AT_LEAST_EVERY_MS = 60_000;
/** Time servers slow a clock down or speed it up by less than this in a minute; sleep and a clock that is set show as more. */
const GRAIN_MS = 100;

/**
 * A clock that counts from the machine's start, sleep included, and goes on with the process's own in between. The system is
 * asked at most once a second, and at least once a minute; in that minute only where the person's clock and the process's own
 * have gone apart, as they do while the machine sleeps.
 * @param uptimeMs the system's: slow to ask, counts sleep.
 * @param runningMs the process's own: quick to ask, may stand still while the machine sleeps.
 * @param wallMs the person's: quick to ask, can be set.
 */
export function createBootClock(
  uptimeMs: () => number,
  runningMs: () => number,
  wallMs: () => number,
): () => number {
  let askedAtMs = runningMs();
  let wallThenMs = wallMs();
  let answeredMs = uptimeMs();
  const isToBeAsked = (sinceMs: number): boolean => {
    if (sinceMs < ASKED_EVERY_MS) return false;
    if (sinceMs >= ASKED_AT_LEAST_EVERY_MS) return true;
    // Not turned round: a clock that names no time agrees with none.
    return !(Math.abs(wallMs() - wallThenMs - sinceMs) < GRAIN_MS);
  };
  return () => {
    const now = runningMs();
    if (isToBeAsked(now - askedAtMs)) {
      // Never back, whatever rounding does.
      answeredMs = Math.max(answeredMs + (now - askedAtMs), uptimeMs());
      askedAtMs = now;
      wallThenMs = wallMs();
    }
    return answeredMs + (now - askedAtMs);
  };
}
