import type { ClockView } from '../../src-shared/views.js';
import {
  clockViewOf,
  knownAtFirst,
  lookedAt,
  timeOr,
  trustedNowOf,
  withServerTime,
  type Look,
  type MarkChange,
} from './trusted-time.js';

/** The mark is kept when it has moved by more than this; a crash can cost no more. */
const KEPT_EVERY_MS = 60 * 1000;

/** Below this, a difference that no server has confirmed is the grain of two clocks and no correction. */
const GRAIN_MS = 1000;

/** What came of a server's time. */
export interface ServerTimeOutcome {
  /** `lowered`: grants that had seemed over may count again, so everything is to be read anew. */
  readonly mark: MarkChange;
  /** No press on this device can have been later: times of presses beyond it were made by a clock that was ahead. Null: not proven. */
  readonly latestPressMs: number | null;
}

/** The one clock that decides what has run out (`trustedNow`). Never throws, whatever the system's clock says. */
export interface TrustedClock {
  /** Now, whole milliseconds since 1970, UTC: the wall clock, but never behind the newest time seen or proven. */
  readonly nowMs: () => number;
  /**
   * Takes in a time that a server has verifiably said.
   * @param fresh asked and answered just now, over a connection that proves who answered; not read from a receipt.
   */
  provenMs(serverMs: number, { fresh }: { readonly fresh: boolean }): ServerTimeOutcome;
  /** Whether the wall clock can be believed. */
  reading(): ClockView;
  /** `clockOffsetMs` of a decision: what to add to the wall clock. Undefined when nothing is known against or for it. */
  readonly offsetMs: () => number | undefined;
  /** Keeps the newest time for the next start. */
  stop(): void;
}

/** What the clock needs from outside. */
export interface TrustedClockParts {
  /** The system's clock, which the person can set. */
  readonly wallMs: () => number;
  /** A clock that nobody can set and that goes on while the machine sleeps, such as `os.uptime()` in milliseconds. */
  readonly sinceBootMs: () => number;
  /** The newest time as it was kept; 0 or NaN when there is none. */
  readonly read: () => number;
  /** Keeps the newest time. May throw: a disk that takes nothing must not stop the time. */
  readonly write: (ms: number) => void;
  /** Has something done as soon as nobody waits for what is being done now: keeping a time waits for the disk, and the clock is read in every press. */
  readonly soon: (work: () => void) => void;
}

export function createTrustedClock(parts: TrustedClockParts): TrustedClock {
  const look = (): Look => ({ wallMs: parts.wallMs(), sinceBootMs: parts.sinceBootMs() });
  let keptMs = timeOr(parts.read(), 0);
  let known = knownAtFirst(keptMs, look());

  /** Looks at both clocks and carries what is known on to now. */
  const atThisMoment = (): Look => {
    const now = look();
    known = lookedAt(known, now);
    return now;
  };
  const isToBeKept = (from: number): boolean => Math.abs(known.markMs - keptMs) > from;
  const keep = (from: number): void => {
    if (!isToBeKept(from)) return;
    // Also after a failure the next try waits until the mark has moved on, so that a full disk is not asked at every read.
    keptMs = known.markMs;
    try {
      parts.write(known.markMs);
    } catch {
      // What is lost is a lower bound for the next run, which then starts from the last one that was kept.
    }
  };

  let isKeeping = false;
  const keepSoon = (): void => {
    if (isKeeping || !isToBeKept(KEPT_EVERY_MS)) return;
    isKeeping = true;
    parts.soon(() => {
      isKeeping = false;
      keep(KEPT_EVERY_MS);
    });
  };

  return {
    nowMs() {
      const { wallMs } = atThisMoment();
      keepSoon();
      return trustedNowOf(known, wallMs);
    },
    provenMs(serverMs, { fresh }) {
      atThisMoment();
      const after = withServerTime(known, serverMs, fresh);
      known = after.known;
      keep(KEPT_EVERY_MS);
      const isBound = fresh && after.mark !== 'ignored';
      return { mark: after.mark, latestPressMs: isBound ? known.provenMs : null };
    },
    reading: () => {
      const { wallMs } = atThisMoment();
      return clockViewOf(known, wallMs);
    },
    offsetMs() {
      const { wallMs } = atThisMoment();
      const heldMs = timeOr(wallMs, Number.NaN);
      if (Number.isNaN(heldMs)) return undefined;
      const offsetMs = trustedNowOf(known, wallMs) - heldMs;
      return known.isServerKnown || offsetMs >= GRAIN_MS ? offsetMs : undefined;
    },
    stop() {
      atThisMoment();
      keep(0);
    },
  };
}
