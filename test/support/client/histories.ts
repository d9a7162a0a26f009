import fc from 'fast-check';
import type { Choice, Decision } from '../../../src-shared/consent/decision.js';
import { idAt, sampleDecision, START_MS } from './sample-decision.js';

/** Purposes that random histories speak of. */
export const PURPOSES = ['functional', 'analytics', 'advertising'] as const;
/** A purpose that no history names: only `*` can say anything about it. */
export const NEVER_NAMED = 'invented-later';
/** Everything worth asking about after a history. */
export const ASKED = [...PURPOSES, NEVER_NAMED, '*'];

/** `everything` is the withdrawal of everything, by `*`. */
const KINDS = [
  'accept-all',
  'necessary-only',
  'save',
  'withdraw',
  'everything',
  'acknowledge',
] as const;

interface Plan {
  readonly kind: (typeof KINDS)[number];
  readonly device: number;
  readonly about: readonly string[];
  readonly choice: Choice;
  /** For each purpose, `*` among them, which of the earlier decisions it claims to take the place of. */
  readonly claims: readonly (readonly [string, readonly number[]])[];
  readonly ageDays: number;
}

const claims = fc.array(
  fc.tuple(
    fc.constantFrom(...PURPOSES, '*', '*', '*'),
    fc.array(fc.nat({ max: 60 }), { maxLength: 5 }),
  ),
  { maxLength: 4 },
);

const plan: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom(...KINDS),
  device: fc.nat({ max: 3 }),
  about: fc.subarray([...PURPOSES], { minLength: 1 }),
  choice: fc.constantFrom<Choice>('granted', 'denied'),
  claims,
  ageDays: fc.nat({ max: 800 }),
});

function choicesOf({ kind, about, choice }: Plan): Decision['choices'] {
  const all = (said: Choice): Decision['choices'] =>
    Object.fromEntries(about.map((purpose) => [purpose, said]));
  switch (kind) {
    case 'acknowledge':
      return {};
    case 'everything':
      return { '*': 'denied' };
    case 'withdraw':
    case 'necessary-only':
      return all('denied');
    case 'accept-all':
      return all('granted');
    case 'save':
      return all(choice);
  }
}

function supersedesOf(plan: Plan, place: number): Decision['supersedes'] {
  // One id in twelve belongs to a decision that never arrives.
  const idFor = (pick: number): string =>
    place === 0 || pick % 12 === 11 ? idAt(100_000 + pick) : idAt(pick % place);
  const found: Record<string, string[]> = {};
  for (const [purpose, picks] of plan.claims) {
    found[purpose] = [...(found[purpose] ?? []), ...picks.map(idFor)];
  }
  return found;
}

/**
 * Decisions of several devices that know only some of what the others said. Each supersedes some earlier ones, also for
 * purposes about which it says nothing itself, which must then count for nothing.
 */
export function histories(maxLength: number): fc.Arbitrary<Decision[]> {
  return fc.array(plan, { maxLength }).map((plans) => {
    const lastSeq = new Map<number, number>();
    return plans.map((one, place) => {
      const seq = (lastSeq.get(one.device) ?? 0) + 1;
      lastSeq.set(one.device, seq);
      return sampleDecision(place, {
        device: `device-${one.device}`,
        seq,
        at: new Date(START_MS - one.ageDays * 86_400_000).toISOString(),
        action: one.kind === 'everything' ? 'withdraw' : one.kind,
        choices: choicesOf(one),
        supersedes: supersedesOf(one, place),
      });
    });
  });
}

/** The same decisions as they may arrive: in any order, some more than once, in groups. */
export function arrivals(decisions: readonly Decision[]): fc.Arbitrary<Decision[][]> {
  if (decisions.length === 0) return fc.constant([]);
  const repeated = fc.array(fc.constantFrom(...decisions), { maxLength: decisions.length });
  return repeated
    .chain((again) => {
      const all = [...decisions, ...again];
      return fc.tuple(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length }),
      );
    })
    .map(([order, endsGroup]) => {
      const groups: Decision[][] = [[]];
      order.forEach((decision, index) => {
        groups.at(-1)?.push(decision);
        if (endsGroup[index]) groups.push([]);
      });
      return groups;
    });
}
