import { EVERY_PURPOSE, type Choice, type Decision } from './decision.js';
import { grantEndsAtMs, type GrantTimes } from './expiry.js';

/**
 * What holds for one purpose. *Refused* (`denied`) is the only one that comes from a decision that denies;
 * `not-asked`, `ask-again` and `expired` are as closed, but they are not an answer of the person's.
 */
export type PurposeState = 'granted' | 'denied' | 'not-asked' | 'ask-again' | 'expired';

/** What a head says: `erased` where what was said is gone and only the fact of it is left, which reads as closed. */
export type HeadChoice = Choice | 'erased';

/** A decision that names a purpose and that no other decision supersedes there. Times in milliseconds since 1970. */
export interface Head extends GrantTimes {
  readonly id: string;
  readonly choice: HeadChoice;
  /** When the person pressed, by the device's own clock: what is shown. */
  readonly atMs: number;
  /** The version of the policy that stood on the screen. */
  readonly policyVersion: string;
  /** A grant that no longer counts and is to be asked for again, such as this device's own after a sign-out. */
  readonly rests: boolean;
}

/** The moment at which a purpose is read, and what the policy has done to it since. */
export interface ReadingTime {
  readonly trustedNowMs: number;
  /**
   * When the first material change to this purpose took or takes effect after `policyVersion`; null when there is none.
   * A version that nobody knows has changed since ever: `-Infinity`.
   */
  readonly changedAtMs: (policyVersion: string) => number | null;
}

/** What a purpose comes to: the state, the head it rests on (none for `not-asked`) and when a grant ends. */
export interface PurposeReading {
  readonly state: PurposeState;
  readonly by: Head | null;
  readonly untilMs: number | null;
  /** Grants that would count, were it not for a refusal that had not seen them: to be settled by one press. */
  readonly overruled: readonly Head[];
}

type Naming = Pick<Decision, 'id' | 'choices' | 'supersedes'>;

/** What the decision says about `purpose`, by name or through `*`; undefined when it says nothing. */
export function choiceFor(
  decision: Pick<Decision, 'choices'>,
  purpose: string,
): Choice | undefined {
  return decision.choices[purpose] ?? decision.choices[EVERY_PURPOSE];
}

/**
 * The ids that `decision` takes the place of for `purpose`. A decision supersedes only where it speaks itself: a save of
 * one purpose or an acknowledgement takes the place of nothing elsewhere, whatever its `supersedes` claims.
 */
export function supersededBy(
  decision: Pick<Decision, 'choices' | 'supersedes'>,
  purpose: string,
): readonly string[] {
  if (choiceFor(decision, purpose) === undefined) return [];
  const everywhere =
    decision.choices[EVERY_PURPOSE] === undefined ? [] : (decision.supersedes[EVERY_PURPOSE] ?? []);
  return purpose === EVERY_PURPOSE
    ? everywhere
    : [...(decision.supersedes[purpose] ?? []), ...everywhere];
}

/**
 * The heads of one purpose among `decisions`: those that name it and that none of them supersedes there. A set, so that
 * neither order nor repetition can change it; no clock takes part.
 */
export function headIds(decisions: readonly Naming[], purpose: string): string[] {
  const superseded = new Set(decisions.flatMap((decision) => supersededBy(decision, purpose)));
  const heads = decisions
    .filter(
      (decision) => choiceFor(decision, purpose) !== undefined && !superseded.has(decision.id),
    )
    .map((decision) => decision.id);
  return [...new Set(heads)].sort();
}

/**
 * Reads a purpose from its heads: a causal register in which refusal wins. Any denied head: denied. Any head whose words
 * are gone: closed, since it may have been a refusal. Else any granted head that still holds: granted. Else ask.
 */
export function readPurpose(heads: readonly Head[], time: ReadingTime): PurposeReading {
  const awake = heads.filter((head) => head.choice === 'granted' && !head.rests);
  const endsAtMs = (head: Head): number => endOf(head, time);
  const valid = awake.filter((head) => endsAtMs(head) > time.trustedNowMs);
  const denied = newest(heads.filter((head) => head.choice === 'denied'));
  if (denied) return { state: 'denied', by: denied, untilMs: null, overruled: valid };
  const closed = (state: PurposeState, by: Head | null): PurposeReading => {
    return { state, by, untilMs: null, overruled: [] };
  };
  const erased = newest(heads.filter((head) => head.choice === 'erased'));
  if (erased) return closed('ask-again', erased);
  const lasting = valid.toSorted((a, b) => endsAtMs(b) - endsAtMs(a) || byId(a, b))[0];
  if (lasting) {
    return { state: 'granted', by: lasting, untilMs: endsAtMs(lasting), overruled: [] };
  }
  const tooOld = awake.filter((head) => grantEndsAtMs(head) <= time.trustedNowMs);
  // A changed policy asks anew whatever else has run out, because then there is something new to read.
  if (awake.length > tooOld.length) return closed('ask-again', newest(awake));
  if (awake.length > 0) return closed('expired', newest(awake));
  const resting = heads.filter((head) => head.choice === 'granted');
  return resting.length > 0 ? closed('ask-again', newest(resting)) : closed('not-asked', null);
}

/** When a grant ends: by age, or when its purpose changed materially, whichever is first. */
function endOf(head: Head, { changedAtMs }: ReadingTime): number {
  return Math.min(grantEndsAtMs(head), changedAtMs(head.policyVersion) ?? Infinity);
}

/** The head to show as "since …": the newest by its own clock, ties by id so that every device shows the same. */
function newest(heads: readonly Head[]): Head | null {
  return heads.toSorted((a, b) => b.atMs - a.atMs || byId(a, b))[0] ?? null;
}

function byId(a: Head, b: Head): number {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
