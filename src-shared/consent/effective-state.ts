import { EVERY_PURPOSE, type Choice, type Decision } from './decision.js';
import { grantEndsAtMs } from './expiry.js';

/**
 * What holds for one purpose. *Refused* (`denied`) is the only one that comes from a decision that denies;
 * `not-asked`, `ask-again` and `expired` are as closed, but they are not an answer of the person's.
 */
export type PurposeState = 'granted' | 'denied' | 'not-asked' | 'ask-again' | 'expired';

/** A decision that names a purpose and that no other decision supersedes there. */
export interface Head {
  readonly id: string;
  readonly choice: Choice;
  /** When the person pressed, milliseconds since 1970 by the device's clock. */
  readonly atMs: number;
  /** When the server took it, by the server's clock; null while it has not. */
  readonly receivedAtMs: number | null;
  /** A grant that no longer counts and is to be asked for again, such as this device's own after a sign-out. */
  readonly rests: boolean;
}

/** What a purpose comes to: the state, the head it rests on (none for `not-asked`) and when a grant ends. */
export interface PurposeReading {
  readonly state: PurposeState;
  readonly by: Head | null;
  readonly untilMs: number | null;
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
 * Reads a purpose from its heads: a causal register in which refusal wins. Any denied head: denied. Else any granted
 * head that still holds at `trustedNowMs`: granted. Else the person is to be asked.
 */
export function readPurpose(heads: readonly Head[], trustedNowMs: number): PurposeReading {
  const denied = newest(heads.filter((head) => head.choice === 'denied'));
  if (denied) return { state: 'denied', by: denied, untilMs: null };
  const grants = heads.filter((head) => head.choice === 'granted');
  const awake = grants.filter((head) => !head.rests);
  const valid = awake.filter((head) => grantEndsAtMs(head) > trustedNowMs);
  const lasting = valid.toSorted((a, b) => grantEndsAtMs(b) - grantEndsAtMs(a) || byId(a, b))[0];
  if (lasting) return { state: 'granted', by: lasting, untilMs: grantEndsAtMs(lasting) };
  if (awake.length > 0) return { state: 'expired', by: newest(awake), untilMs: null };
  if (grants.length > 0) return { state: 'ask-again', by: newest(grants), untilMs: null };
  return { state: 'not-asked', by: null, untilMs: null };
}

/** The head to show as "since …": the newest by its own clock, ties by id so that every device shows the same. */
function newest(heads: readonly Head[]): Head | null {
  return heads.toSorted((a, b) => b.atMs - a.atMs || byId(a, b))[0] ?? null;
}

function byId(a: Head, b: Head): number {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
