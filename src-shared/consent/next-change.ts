import { bannerShows } from './asking.js';
import {
  readPurpose,
  type Head,
  type PurposeReading,
  type ReadingTime,
} from './effective-state.js';
import { grantEndsAtMs, REFUSAL_QUIET_MS } from './expiry.js';

/** One purpose as it is read: its heads, and what the policy has done to it. */
export interface PurposeHeads {
  readonly heads: readonly Head[];
  readonly changedAtMs: ReadingTime['changedAtMs'];
}

/**
 * The next moment after `trustedNowMs`, milliseconds since 1970, at which time alone changes what a purpose comes to or
 * whether its question is open; null when it never will. Between now and then nothing changes, so nobody has to look.
 * @param purposes those the person decides on.
 * @param otherMomentsMs further moments that count by themselves, such as those at which a policy version comes into force.
 */
export function nextChangeMs(
  purposes: readonly PurposeHeads[],
  trustedNowMs: number,
  otherMomentsMs: readonly number[] = [],
): number | null {
  const later = (ms: number): boolean => ms > trustedNowMs;
  const own = purposes.flatMap((purpose) => {
    const now = comesTo(purpose, trustedNowMs);
    // Most moments of a head change nothing, as where a refusal stands over a grant that ends: each one is tried.
    const candidates = purpose.heads.flatMap((head) => momentsOf(head, purpose)).filter(later);
    return (
      candidates.toSorted((a, b) => a - b).find((ms) => comesTo(purpose, ms) !== now) ?? Infinity
    );
  });
  const soonest = Math.min(...own, ...otherMomentsMs.filter(later));
  return soonest === Infinity ? null : soonest;
}

/** The moments at which a head may begin to be read differently. */
function momentsOf(head: Head, { changedAtMs }: PurposeHeads): number[] {
  if (head.choice === 'denied') return [head.atMs + REFUSAL_QUIET_MS];
  if (head.choice === 'erased') return [];
  return [grantEndsAtMs(head), changedAtMs(head.policyVersion) ?? Infinity];
}

/** Everything about a purpose that is shown or decided by, as one text to compare. */
function comesTo({ heads, changedAtMs }: PurposeHeads, trustedNowMs: number): string {
  const reading = readPurpose(heads, { trustedNowMs, changedAtMs });
  const { state, by, untilMs, overruled } = reading;
  const asks = isAskedAbout(reading, trustedNowMs);
  return JSON.stringify([state, by?.id, untilMs, overruled.map(({ id }) => id), asks]);
}

/** Whether this purpose alone would bring up the banner, by the rule of the banner itself. */
function isAskedAbout(reading: PurposeReading, trustedNowMs: number): boolean {
  return bannerShows({
    kind: 'choice',
    optional: [reading],
    acknowledged: false,
    dismissed: false,
    refusedInThisRun: false,
    calledBack: false,
    trustedNowMs,
  });
}
