/** How often something may be tried: `most` times within `windowMs`, counted from the first of them. */
export interface Limit {
  readonly most: number;
  readonly windowMs: number;
}

/** Counts tries per key, in memory. */
export interface RateLimiter {
  /**
   * Counts a try, before it is made, so that many at once cannot slip through together.
   * @param cost how many tries it counts for, 1 unless said; 0 only asks whether one may be made.
   * @returns 0 when it may be made; else after how many milliseconds one may be, and this one is not counted.
   */
  readonly take: (key: string, cost?: number) => number;
  /** Takes a try back, because it turned out to be one that does not count. */
  readonly giveBack: (key: string) => void;
}

interface Window {
  readonly endsAtMs: number;
  count: number;
}

/** Beyond this many keys the ended windows are swept out, so that a stranger cannot fill the memory. */
const SWEEP_AT_KEYS = 10_000;

/** A limiter with a clock of its own, `nowMs` in milliseconds since any fixed moment. */
export function createRateLimiter(limit: Limit, nowMs: () => number): RateLimiter {
  const windows = new Map<string, Window>();
  let sweepAtKeys = SWEEP_AT_KEYS;
  const open = (key: string): Window | undefined => {
    const window = windows.get(key);
    return window && window.endsAtMs > nowMs() ? window : undefined;
  };
  const sweep = (): void => {
    const now = nowMs();
    for (const [key, window] of windows) if (window.endsAtMs <= now) windows.delete(key);
    // Swept again only once the remaining ones have doubled, so that sweeping stays cheap per try.
    sweepAtKeys = Math.max(SWEEP_AT_KEYS, windows.size * 2);
  };
  return {
    take(key, cost = 1) {
      const window = open(key);
      if (window && window.count >= limit.most) return window.endsAtMs - nowMs();
      if (window) {
        window.count += cost;
        return 0;
      }
      if (cost === 0) return 0;
      if (windows.size >= sweepAtKeys) sweep();
      windows.set(key, { endsAtMs: nowMs() + limit.windowMs, count: cost });
      return 0;
    },
    giveBack(key) {
      const window = open(key);
      if (window && window.count > 0) window.count -= 1;
    },
  };
}
