import fc from 'fast-check';
import type { Choice } from '../../../src-shared/consent/decision.js';

/** How long the world waits after a step: not at all, some turns of the event loop, or until nothing is on its way. */
type Pace = number | 'quiet';

type Act =
  | {
      readonly kind: 'press';
      readonly action: 'accept-all' | 'necessary-only' | 'withdraw' | 'acknowledge';
    }
  | { readonly kind: 'save'; readonly purpose: string; readonly choice: Choice }
  /** From now on this much of what the device asks goes wrong; 1.5: there is no network at all. */
  | { readonly kind: 'network'; readonly badness: 0 | 0.4 | 0.8 | 1.5 }
  | { readonly kind: 'sync' }
  | { readonly kind: 'timers' }
  | { readonly kind: 'restart'; readonly how: 'quit' | 'crash' }
  | { readonly kind: 'sign-in'; readonly account: number }
  | { readonly kind: 'sign-out' }
  /** Ended on another device. */
  | { readonly kind: 'end-session' }
  | { readonly kind: 'erase'; readonly pick: number }
  | { readonly kind: 'clock'; readonly byHours: number }
  | { readonly kind: 'kill-server'; readonly staysDown: boolean }
  | { readonly kind: 'start-server' }
  /** The server's clock goes on until every session has run out. */
  | { readonly kind: 'expire' }
  | { readonly kind: 'copy-server' }
  | { readonly kind: 'put-copy-back' };

/** One thing that happens, to one device where it is about a device. */
export type NetworkStep = Act & { readonly device: number; readonly pace: Pace };

/** A whole history: who there is, what happens, and the seed of everything the network does. */
export interface NetworkPlan {
  /** For each device, the account it signs in to first. */
  readonly devices: readonly number[];
  readonly seed: number;
  readonly steps: readonly NetworkStep[];
}

export const PURPOSES = ['analytics', 'advertising'] as const;

const purpose = fc.constantFrom(...PURPOSES);
const choice = fc.constantFrom<Choice>('granted', 'denied');
const only = (one: Act) => fc.constant(one);
const act = fc.oneof(
  {
    weight: 22,
    arbitrary: fc
      .constantFrom('accept-all', 'accept-all', 'necessary-only', 'withdraw', 'acknowledge')
      .map((action): Act => ({ kind: 'press', action })),
  },
  {
    weight: 18,
    arbitrary: fc
      .tuple(purpose, choice)
      .map(([which, said]): Act => ({ kind: 'save', purpose: which, choice: said })),
  },
  {
    weight: 14,
    arbitrary: fc
      .constantFrom(0 as const, 0.4 as const, 0.8 as const, 1.5 as const)
      .map((badness): Act => ({ kind: 'network', badness })),
  },
  { weight: 10, arbitrary: only({ kind: 'sync' }) },
  { weight: 5, arbitrary: only({ kind: 'timers' }) },
  {
    weight: 7,
    arbitrary: fc
      .constantFrom('quit' as const, 'crash' as const, 'crash' as const)
      .map((how): Act => ({ kind: 'restart', how })),
  },
  { weight: 5, arbitrary: fc.nat(1).map((account): Act => ({ kind: 'sign-in', account })) },
  { weight: 3, arbitrary: only({ kind: 'sign-out' }) },
  { weight: 2, arbitrary: only({ kind: 'end-session' }) },
  { weight: 3, arbitrary: fc.nat(9).map((pick): Act => ({ kind: 'erase', pick })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(-72, -2, 2, 72).map((byHours): Act => ({ kind: 'clock', byHours })),
  },
  {
    weight: 4,
    arbitrary: fc.boolean().map((staysDown): Act => ({ kind: 'kill-server', staysDown })),
  },
  { weight: 4, arbitrary: only({ kind: 'start-server' }) },
  { weight: 2, arbitrary: only({ kind: 'expire' }) },
  { weight: 2, arbitrary: only({ kind: 'copy-server' }) },
  { weight: 2, arbitrary: only({ kind: 'put-copy-back' }) },
);
const pace = fc.oneof(fc.constant(0), fc.nat(30), fc.constant<Pace>('quiet'));

/** Histories of 2 to 5 devices, more often few, with one or two accounts. */
export const networkPlans: fc.Arbitrary<NetworkPlan> = fc.record({
  devices: fc
    .constantFrom(2, 2, 2, 3, 3, 4, 5)
    .chain((count) =>
      fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: count, maxLength: count }),
    ),
  seed: fc.nat(2 ** 31 - 1),
  steps: fc.array(
    fc.tuple(act, fc.nat(4), pace).map(([one, device, after]) => ({ ...one, device, pace: after })),
    { minLength: 8, maxLength: 30, size: 'max' },
  ),
});
