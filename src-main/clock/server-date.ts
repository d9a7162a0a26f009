/** A `Date` header is to the second, and an answer takes a while. */
const GRAIN_MS = 2000;

/**
 * What servers say about the time in their `Date` headers. Nobody signs those, so that nothing runs out or goes on by them;
 * they only tell how wrong this device's clock was when something was said.
 */
export interface ServerDate {
  /** A server has just said what time it is, milliseconds since 1970. */
  heard(serverMs: number): void;
  /**
   * `clockOffsetMs` of a decision: what to add to the wall clock. Undefined where nothing is known.
   * @param signedMs the same by what is signed or was seen before, if anything: a device whose clock is behind is put no further
   *   ahead than that, because a grant would last longer by it.
   */
  offsetMs(signedMs: number | undefined): number | undefined;
}

interface Parts {
  /** The system's clock, which the person can set. */
  readonly wallMs: () => number;
  /** A clock that nobody can set and that goes on while the machine sleeps. */
  readonly sinceBootMs: () => number;
}

export function createServerDate({ wallMs, sinceBootMs }: Parts): ServerDate {
  /** What to add to the clock that nobody can set, so that setting the other one changes nothing. */
  let sinceBootOffsetMs: number | null = null;
  return {
    heard(serverMs) {
      sinceBootOffsetMs = serverMs - sinceBootMs();
    },
    offsetMs(signedMs) {
      if (sinceBootOffsetMs === null) return signedMs;
      const datedMs = Math.trunc(sinceBootMs() + sinceBootOffsetMs - wallMs());
      if (!Number.isSafeInteger(datedMs)) return signedMs;
      if (Math.abs(datedMs) < GRAIN_MS) return signedMs ?? 0;
      return datedMs < 0 ? datedMs : signedMs;
    },
  };
}
