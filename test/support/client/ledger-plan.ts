import fc from 'fast-check';
import { PURPOSES } from './histories.js';

/** Accounts that devices sign in to; '' is nobody. */
export const ACCOUNTS = ['ada', 'bob'] as const;

/** One thing that happens. `device` is taken modulo the number of devices, `pick` modulo whatever there is to pick from. */
export type Step =
  | {
      readonly kind: 'press';
      readonly device: number;
      readonly act: 'grant' | 'deny' | 'everything' | 'acknowledge';
      readonly about: readonly string[];
      /** The screen as it stands, or an earlier one that was never closed. */
      readonly screen: 'now' | 'earlier';
      readonly policy: 'newest' | 'first' | 'unpublished';
      /** `everything`: it claims to take the place of the whole screen, though it speaks of a part of it. */
      readonly claims: 'own' | 'everything';
    }
  /** Something is looked at and left open. */
  | { readonly kind: 'look'; readonly device: number }
  /** The first of what waits goes out; the answer may be lost. */
  | {
      readonly kind: 'send';
      readonly device: number;
      readonly most: number;
      readonly isLost: boolean;
    }
  /** Some of what the server has comes in: in any order, some of it twice, the rest lost on the way. */
  | { readonly kind: 'pull'; readonly device: number; readonly picks: readonly number[] }
  | { readonly kind: 'erase'; readonly device: number; readonly pick: number }
  | { readonly kind: 'policy'; readonly inDays: number; readonly touched: readonly string[] }
  | { readonly kind: 'wait'; readonly days: number }
  | { readonly kind: 'backup' | 'restore' | 'signOut'; readonly device: number }
  | {
      readonly kind: 'signIn';
      readonly device: number;
      readonly account: (typeof ACCOUNTS)[number];
    };

/** How a device begins. */
export interface Beginning {
  /** What its clock is off by, and whether it knows. */
  readonly offsetMs: number;
  readonly isKnown: boolean;
  readonly subject: '' | (typeof ACCOUNTS)[number];
}

/** A whole history: its devices, what happens, and a number that orders arrivals. */
export interface Plan {
  readonly devices: readonly Beginning[];
  readonly steps: readonly Step[];
  readonly shuffle: number;
}

const YEARS_MS = 6 * 365 * 86_400_000;
const device = fc.nat({ max: 5 });
const some = fc.subarray([...PURPOSES], { minLength: 1 });

const press: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('press' as const),
  device,
  act: fc.constantFrom('grant', 'grant', 'grant', 'deny', 'deny', 'everything', 'acknowledge'),
  about: some,
  screen: fc.constantFrom('now', 'now', 'earlier'),
  policy: fc.constantFrom('newest', 'newest', 'newest', 'newest', 'first', 'unpublished'),
  claims: fc.constantFrom('own', 'own', 'everything'),
});
const pull: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('pull' as const),
  device,
  picks: fc.array(fc.nat({ max: 30 }), { maxLength: 12 }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: press, weight: 10 },
  { arbitrary: pull, weight: 6 },
  {
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      device,
      most: fc.integer({ min: 1, max: 4 }),
      isLost: fc.boolean(),
    }),
    weight: 5,
  },
  { arbitrary: fc.record({ kind: fc.constant('look' as const), device }), weight: 2 },
  {
    arbitrary: fc.record({ kind: fc.constant('erase' as const), device, pick: fc.nat() }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('policy' as const),
      inDays: fc.integer({ min: 0, max: 200 }),
      touched: fc.subarray([...PURPOSES]),
    }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      days: fc.constantFrom(0, 1, 10, 100, 200),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constantFrom('backup' as const, 'restore' as const, 'signOut' as const),
      device,
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('signIn' as const),
      device,
      account: fc.constantFrom(...ACCOUNTS),
    }),
    weight: 2,
  },
);

/** @param maxSteps how much happens at most. */
export function plans(maxSteps: number): fc.Arbitrary<Plan> {
  const beginning = fc.record({
    offsetMs: fc.oneof(fc.constant(0), fc.integer({ min: -YEARS_MS, max: YEARS_MS })),
    isKnown: fc.boolean(),
    subject: fc.constantFrom('ada' as const, 'ada', 'ada', 'bob', ''),
  });
  return fc.record({
    devices: fc.array(beginning, { minLength: 2, maxLength: 6 }),
    steps: fc.array(step, { maxLength: maxSteps, size: 'max' }),
    shuffle: fc.nat(),
  });
}
