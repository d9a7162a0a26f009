/** Calls `run` once after `delayMs`, unless the answer was called before. */
export type StartTimer = (run: () => void, delayMs: number) => () => void;

/**
 * Waits for `work`, but not for ever.
 * @param work is given a signal that ends it when it has taken too long.
 * @param tooLate the answer then.
 */
export function within<Value>(
  startTimer: StartTimer,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<Value>,
  tooLate: () => Value,
): Promise<Value> {
  const limit = new AbortController();
  return new Promise((resolve, reject) => {
    const stopWaiting = startTimer(() => {
      limit.abort();
      resolve(tooLate());
    }, limitMs);
    work(limit.signal)
      .then(resolve, reject)
      .finally(() => {
        stopWaiting();
      });
  });
}
