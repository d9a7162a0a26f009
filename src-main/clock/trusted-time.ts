import { DAY_MS } from '../../src-shared/consent/expiry.js';
import type { ClockView } from '../../src-shared/views.js';

/** A clock that is off by more than this is told to the person; less is what clocks do. */
export const TOLD_FROM_MS = 5 * 60 * 1000;

/** The last moment that can be written as an instant with a year of four digits (RFC 3339). */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** What is known about the time. Times in whole milliseconds since 1970, UTC. */
export interface TimeKnown {
  /** The newest time ever seen or proven, carried on by the time that has passed since; 0 when there is none. */
  readonly markMs: number;
  /** What a server that was just asked said, carried on likewise; null when none has been in this run. */
  readonly provenMs: number | null;
  /** Whether any server has ever said a time in this run, fresh or not. */
  readonly isServerKnown: boolean;
  /** The clock nobody can set, at the last look. */
  readonly sinceBootMs: number;
}

/** Two clocks at one moment: the one the person can set, and the one nobody can. */
export interface Look {
  readonly wallMs: number;
  readonly sinceBootMs: number;
}

/** What a server's time did to the mark; `ignored`: it was no time. */
export type MarkChange = 'raised' | 'lowered' | 'kept' | 'ignored';

/** What is known at the start of a run. @param markMs as it was kept; anything that is no time counts as none. */
export function knownAtFirst(markMs: number, { sinceBootMs }: Look): TimeKnown {
  return {
    markMs: timeOr(markMs, 0),
    provenMs: null,
    isServerKnown: false,
    sinceBootMs: timeOr(sinceBootMs, 0),
  };
}

/**
 * Carries what is known on to this moment. Time that passed counts also while the wall clock stands somewhere in the past,
 * else nothing would ever run out there. A wall clock that a server has just shown to be more than a day ahead is not
 * remembered, else setting it right would change nothing.
 */
export function lookedAt(known: TimeKnown, { wallMs, sinceBootMs }: Look): TimeKnown {
  const bootMs = timeOr(sinceBootMs, known.sinceBootMs);
  const passedMs = Math.max(0, bootMs - known.sinceBootMs);
  const later = (ms: number): number => timeOr(ms + passedMs, ms);
  const provenMs = known.provenMs === null ? null : later(known.provenMs);
  const carriedMs = known.markMs === 0 ? 0 : later(known.markMs);
  const isBelieved = provenMs === null || wallMs <= provenMs + DAY_MS;
  return {
    ...known,
    provenMs,
    sinceBootMs: bootMs,
    markMs: isBelieved ? Math.max(carriedMs, timeOr(wallMs, 0)) : carriedMs,
  };
}

/** The time everything is read by: the wall clock, but never behind the mark. @param known of this very moment. */
export function trustedNowOf(known: TimeKnown, wallMs: number): number {
  return Math.max(known.markMs, timeOr(wallMs, 0));
}

/**
 * Takes in a time that a server has verifiably said. It raises the mark; only a fresh one, asked and answered just now,
 * also lowers a mark that lies more than a day ahead of it: an older answer proves no more than that time has come so far.
 */
export function withServerTime(
  known: TimeKnown,
  serverMs: number,
  isFresh: boolean,
): { readonly known: TimeKnown; readonly mark: MarkChange } {
  const saidMs = timeOr(serverMs, 0);
  if (saidMs === 0) return { known, mark: 'ignored' };
  const provenMs = isFresh ? saidMs : known.provenMs;
  const isTooFar = isFresh && known.markMs > saidMs + DAY_MS;
  const markMs = isTooFar ? saidMs : Math.max(known.markMs, saidMs);
  const mark = isTooFar ? 'lowered' : markMs > known.markMs ? 'raised' : 'kept';
  return { known: { ...known, provenMs, markMs, isServerKnown: true }, mark };
}

/**
 * Whether the wall clock can be believed. A fresh proof outweighs the mark, which may itself have been set by a clock
 * that was ahead; without one, nobody can tell that a clock is ahead, only that it has gone back.
 */
export function clockViewOf({ provenMs, markMs }: TimeKnown, wallMs: number): ClockView {
  const heldMs = timeOr(wallMs, 0);
  if (heldMs + TOLD_FROM_MS < (provenMs ?? markMs)) return 'behind';
  return provenMs !== null && heldMs > provenMs + TOLD_FROM_MS ? 'ahead' : 'fine';
}

/** The whole millisecond of a moment between 1970 and the year 9999; `otherwise` for everything else, NaN included. */
export function timeOr(ms: number, otherwise: number): number {
  return ms >= 0 && ms <= LAST_MS ? Math.trunc(ms) : otherwise;
}
