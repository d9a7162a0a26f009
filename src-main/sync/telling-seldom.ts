/** While a long queue travels the window is told this often of how far it has come: what is shown then is counted anew. */
export const TOLD_EVERY_MS = 250;

/** Tells of something that may change more often than anybody can read. */
export interface TellingSeldom {
  now(): void;
  /** At the latest {@link TOLD_EVERY_MS} after it was told last: at once, where that is longer ago. */
  soon(): void;
}

interface Parts {
  /** A clock that only goes forward, milliseconds. */
  readonly sinceBootMs: () => number;
  /** Calls `run` once after `delayMs`; the answer calls it off. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
}

export function createTellingSeldom(
  { sinceBootMs, startTimer }: Parts,
  tell: () => void,
): TellingSeldom {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let stopTimer: (() => void) | null = null;
  const now = (): void => {
    stopTimer?.();
    stopTimer = null;
    toldAtMs = sinceBootMs();
    tell();
  };
  return {
    now,
    soon() {
      const dueMs = toldAtMs + TOLD_EVERY_MS - sinceBootMs();
      if (dueMs <= 0) now();
      else stopTimer ??= startTimer(now, dueMs);
    },
  };
}
