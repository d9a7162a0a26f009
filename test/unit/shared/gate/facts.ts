import fc from 'fast-check';
import type { GateFacts, PurposeFact } from '../../../../src-shared/gate/rule.js';

export const TOOL = {
  id: 'counter',
  purpose: 'analytics',
  kind: 'pixel',
  hosts: ['counter.example'],
};

const NOW_MS = Date.UTC(2026, 10, 22);

/** Facts under which analytics is open, with something else about that purpose where it is given. */
export function openFacts(analytics: Partial<PurposeFact> = {}): GateFacts {
  const purpose = { kind: 'optional', state: 'granted', untilMs: NOW_MS + 1000 } as const;
  return {
    ledger: 'sound',
    subject: 'signed-out',
    isPulled: true,
    clock: 'fine',
    trustedNowMs: NOW_MS,
    purposes: { analytics: { ...purpose, ...analytics } },
    optOutSignal: false,
    neverHere: [],
    beingRefused: [],
  };
}

const anyPurpose: fc.Arbitrary<PurposeFact> = fc.record({
  kind: fc.constantFrom('necessary', 'optional', 'optional', 'optional'),
  // Grants more often than not, else next to nothing of what is drawn would be open.
  state: fc.constantFrom(
    'granted',
    'granted',
    'granted',
    'denied',
    'not-asked',
    'ask-again',
    'expired',
  ),
  untilMs: fc.oneof(
    { weight: 4, arbitrary: fc.constant(NOW_MS + 1) },
    { weight: 1, arbitrary: fc.constantFrom(NOW_MS, NOW_MS - 1, Number.NaN, null) },
  ),
});

const someOf = (...names: string[]): fc.Arbitrary<string[]> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.subarray(names) },
  );

/** Any facts, half of them open but for one or two things. */
export const anyFacts: fc.Arbitrary<GateFacts> = fc.record({
  ledger: fc.constantFrom('sound', 'sound', 'unanchored', 'checking', 'suspect'),
  subject: fc.constantFrom('signed-out', 'signed-in', 'signed-in', 'unlocking', 'expired'),
  isPulled: fc.boolean(),
  clock: fc.constantFrom('fine', 'fine', 'ahead', 'behind'),
  trustedNowMs: fc.constant(NOW_MS),
  purposes: fc.record({ analytics: anyPurpose, advertising: anyPurpose }, { requiredKeys: [] }),
  optOutSignal: fc.boolean(),
  neverHere: someOf('analytics', 'advertising'),
  beingRefused: someOf('analytics', 'advertising', '*'),
});
