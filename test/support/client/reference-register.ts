import type { Decision } from '../../../src-shared/consent/decision.js';

/** What is needed of a decision to say what it does to a purpose. */
export type Said = Pick<Decision, 'id' | 'choices' | 'supersedes'>;

const DAY_MS = 86_400_000;

/*
 * The rule of `domain.md` written a second time, as a sentence about pairs of decisions and without any bookkeeping, so
 * that a mistake in the product's own sets and tables cannot be repeated here.
 */

/** Whether `decision` says anything about `purpose`: by name, or about every purpose at once. */
export function speaksAbout(decision: Said, purpose: string): boolean {
  return Object.hasOwn(decision.choices, purpose) || Object.hasOwn(decision.choices, '*');
}

function denies(decision: Said, purpose: string): boolean {
  const byName = decision.choices[purpose];
  return byName === undefined ? decision.choices['*'] === 'denied' : byName === 'denied';
}

/** Whether `later` names `earlier` as answered, for `purpose` or for everything, and speaks of it itself. */
export function takesThePlaceOf(later: Said, earlier: Said, purpose: string): boolean {
  if (!speaksAbout(later, purpose)) return false;
  const named = later.supersedes[purpose] ?? [];
  const everywhere = Object.hasOwn(later.choices, '*') ? (later.supersedes['*'] ?? []) : [];
  return named.includes(earlier.id) || everywhere.includes(earlier.id);
}

/** The decisions that stand for `purpose`: each says something about it and none takes its place there. */
export function standing<One extends Said>(decisions: readonly One[], purpose: string): One[] {
  return decisions.filter(
    (one) =>
      speaksAbout(one, purpose) && !decisions.some((other) => takesThePlaceOf(other, one, purpose)),
  );
}

/** A decision as one profile knows it. */
export interface Known extends Said {
  readonly atMs: number;
  readonly receivedAtMs: number | null;
  /** Whether it is a grant that no longer counts and is to be asked for again. */
  readonly rests: boolean;
  /**
   * Whether what it granted or denied is not known any more, or was not taken by the server: then it is closed, and no
   * refusal. `choices` still tells what it spoke of.
   */
  readonly isClosed?: boolean;
  /** The version of the policy that stood on the screen. */
  readonly policyVersion?: string;
}

/** When the first material change to a purpose took effect after a version; null when none did. */
export type Changes = (purpose: string, policyVersion: string) => number | null;

/** What `purpose` comes to at `nowMs`, trusted time. Decisions without a version are not touched by changes. */
export function referenceState(
  known: readonly Known[],
  purpose: string,
  nowMs: number,
  changes: Changes = () => null,
): 'granted' | 'denied' | 'expired' | 'ask-again' | 'not-asked' {
  const heads = standing(known, purpose);
  if (heads.some((head) => !head.isClosed && denies(head, purpose))) return 'denied';
  if (heads.some((head) => head.isClosed)) return 'ask-again';
  const counting = heads.filter((head) => !head.rests);
  const startOf = ({ atMs, receivedAtMs }: Known): number =>
    receivedAtMs !== null && receivedAtMs < atMs ? receivedAtMs : atMs;
  const isTooOld = (head: Known): boolean => nowMs >= startOf(head) + 365 * DAY_MS;
  const isChanged = ({ policyVersion }: Known): boolean => {
    const atMs = policyVersion === undefined ? null : changes(purpose, policyVersion);
    return atMs !== null && atMs <= nowMs;
  };
  if (counting.some((head) => !isTooOld(head) && !isChanged(head))) return 'granted';
  if (counting.some((head) => !isTooOld(head))) return 'ask-again';
  if (counting.length > 0) return 'expired';
  return heads.length > 0 ? 'ask-again' : 'not-asked';
}
