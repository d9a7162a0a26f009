/** Asking the system takes a while, and the clock is read several times for each press. */
const ASKED_EVERY_MS = 1000;

/**
 * A clock that counts from the machine's start, sleep included, and asks the system at most once a second; in between it
 * goes on with the process's own.
 * @param uptimeMs the system's: slow to ask, counts sleep.
 * @param runningMs the process's own: quick to ask, may stand still while the machine sleeps.
 */
export function createBootClock(uptimeMs: () => number, runningMs: () => number): () => number {
  let askedAtMs = runningMs();
  let answeredMs = uptimeMs();
  return () => {
    const now = runningMs();
    if (now - askedAtMs >= ASKED_EVERY_MS) {
      // Never back, whatever rounding does.
      answeredMs = Math.max(answeredMs + (now - askedAtMs), uptimeMs());
      askedAtMs = now;
    }
    return answeredMs + (now - askedAtMs);
  };
}
