/** Timers that only the test moves. */
export interface ManualTimers {
  /** As the product expects it: calls `run` once after `delayMs`, unless the answer was called before. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  /** The delays of the timers that have not run yet, in the order in which they were started. */
  readonly delaysMs: () => number[];
  /** Lets every timer that is pending now run, in order; what they start stays pending. */
  readonly fireAll: () => void;
}

export function manualTimers(): ManualTimers {
  const pending = new Map<object, { run: () => void; delayMs: number }>();
  return {
    startTimer(run, delayMs) {
      const key = {};
      pending.set(key, { run, delayMs });
      return () => {
        pending.delete(key);
      };
    },
    delaysMs: () => [...pending.values()].map(({ delayMs }) => delayMs),
    fireAll() {
      for (const [key, { run }] of [...pending]) {
        if (pending.delete(key)) run();
      }
    },
  };
}
