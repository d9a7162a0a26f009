/** When the next run comes: by a timer, and by whatever happens, as far as the server has not asked for a pause. */
export interface Schedule {
  /** Something happened that makes a run worthwhile. While the server has asked this very session for a pause, it waits. */
  wake(session: string): void;
  /** A run begins: no timer is needed for it any more. */
  begun(): void;
  /**
   * The next run comes after `delayMs`.
   * @param asked the session that the server has asked for this pause; null where it is nobody's wish but ours.
   */
  next(delayMs: number, asked: string | null): void;
  /** The next run comes after `delayMs` at the latest. */
  within(delayMs: number): void;
  /** When the next run comes by itself, UTC; null when none does. */
  nextAt(): string | null;
  stop(): void;
}

interface Parts {
  /** The wall clock, milliseconds since 1970. */
  readonly nowMs: () => number;
  /** A clock that only goes forward, milliseconds. */
  readonly sinceBootMs: () => number;
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
}

export function createSchedule(parts: Parts, run: () => void): Schedule {
  let stopTimer: () => void = () => undefined;
  let dueMs: number | null = null;
  let pause: { readonly session: string; readonly untilMs: number } | null = null;

  const start = (delayMs: number): void => {
    stopTimer();
    dueMs = parts.sinceBootMs() + delayMs;
    stopTimer = parts.startTimer(() => {
      dueMs = null;
      pause = null;
      run();
    }, delayMs);
  };
  const clear = (): void => {
    stopTimer();
    stopTimer = () => undefined;
    dueMs = null;
  };

  return {
    wake(session) {
      const isPaused = pause?.session === session && parts.sinceBootMs() < pause.untilMs;
      if (!isPaused) run();
    },
    begun() {
      clear();
      pause = null;
    },
    next(delayMs, asked) {
      start(delayMs);
      pause = asked === null ? null : { session: asked, untilMs: parts.sinceBootMs() + delayMs };
    },
    within(delayMs) {
      if (pause) return;
      if (dueMs === null || parts.sinceBootMs() + delayMs < dueMs) start(delayMs);
    },
    nextAt: () =>
      dueMs === null
        ? null
        : new Date(parts.nowMs() + Math.max(0, dueMs - parts.sinceBootMs())).toISOString(),
    stop: clear,
  };
}
