import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endsForGood, rulingFor, type GateFacts } from '../../../../src-shared/gate/rule.js';
import { anyFacts, openFacts, TOOL } from './facts.js';

const rule = (facts: GateFacts | null, purpose = 'analytics') =>
  rulingFor({ ...TOOL, purpose }, facts);

test('a granted purpose of a service about which everything is known is open', () => {
  expect(rule(openFacts())).toEqual({ isOpen: true });
});

describe('each thing that is not known or not so closes, and says why', () => {
  const cases: [what: string, facts: GateFacts | null, reason: string, lasting: boolean][] = [
    ['nothing read yet', null, 'not-read', false],
    ['ledger not compared', { ...openFacts(), ledger: 'checking' }, 'ledger-checking', false],
    ['ledger not believed', { ...openFacts(), ledger: 'suspect' }, 'ledger-suspect', false],
    ['token not unlocked', { ...openFacts(), subject: 'unlocking' }, 'locked', false],
    ['session ran out', { ...openFacts(), subject: 'expired' }, 'session-expired', false],
    ['not pulled', { ...openFacts(), subject: 'signed-in', isPulled: false }, 'not-pulled', false],
    ['clock put back', { ...openFacts(), clock: 'behind' }, 'clock-behind', false],
    ['being refused', { ...openFacts(), beingRefused: ['analytics'] }, 'being-refused', true],
    ['all being refused', { ...openFacts(), beingRefused: ['*'] }, 'being-refused', true],
    ['never here', { ...openFacts(), neverHere: ['analytics'] }, 'never-on-this-device', true],
    ['refused', openFacts({ state: 'denied', untilMs: null }), 'refused', true],
    ['not asked', openFacts({ state: 'not-asked', untilMs: null }), 'not-asked', true],
    ['to be asked again', openFacts({ state: 'ask-again', untilMs: null }), 'ask-again', true],
    ['run out', openFacts({ state: 'expired', untilMs: null }), 'expired', true],
    ['a grant at its end', openFacts({ untilMs: openFacts().trustedNowMs }), 'expired', true],
    ['a grant without end', openFacts({ untilMs: null }), 'expired', true],
    ['a grant whose end is no time', openFacts({ untilMs: Number.NaN }), 'expired', true],
    ['no such purpose', { ...openFacts(), purposes: {} }, 'unknown-purpose', true],
    ['always on', openFacts({ kind: 'necessary' }), 'unknown-purpose', true],
  ];
  test.each(cases)('%s', (_what, facts, reason, lasting) => {
    expect(rule(facts)).toEqual({ isOpen: false, reason });
    expect(endsForGood(reason as never)).toBe(lasting);
  });

  test('the opt-out signal closes advertising and sale, and nothing else', () => {
    const analytics = openFacts().purposes['analytics'];
    if (!analytics) throw new Error('the sample has no such purpose');
    const purposes = { analytics, advertising: analytics, 'sale-or-sharing': analytics };
    const facts = { ...openFacts(), purposes, optOutSignal: true };
    const reason = 'opt-out-signal';
    expect(rule(facts, 'advertising')).toEqual({ isOpen: false, reason });
    expect(rule(facts, 'sale-or-sharing')).toEqual({ isOpen: false, reason });
    expect(rule(facts)).toEqual({ isOpen: true });
  });

  test.each(['constructor', '__proto__', 'toString'])('a purpose named %s is none', (purpose) => {
    expect(rule(openFacts(), purpose)).toMatchObject({ isOpen: false, reason: 'unknown-purpose' });
  });
});

describe('whatever the facts', () => {
  test('a tool is open only where each of them speaks for it', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const fact = facts.purposes['analytics'];
        const speaksFor =
          ['sound', 'unanchored'].includes(facts.ledger) &&
          ['signed-out', 'signed-in'].includes(facts.subject) &&
          (facts.subject === 'signed-out' || facts.isPulled) &&
          ['fine', 'ahead'].includes(facts.clock) &&
          !facts.neverHere.includes('analytics') &&
          !facts.beingRefused.includes('analytics') &&
          !facts.beingRefused.includes('*') &&
          fact?.kind === 'optional' &&
          fact.state === 'granted' &&
          fact.untilMs !== null &&
          fact.untilMs > facts.trustedNowMs;
        expect(rule(facts).isOpen).toBe(speaksFor);
      }),
      { numRuns: 3000 },
    );
  });

  test('what is in no expected state is closed', () => {
    const states = fc.string().filter((text) => text !== 'granted');
    fc.assert(
      fc.property(states, states, states, states, (state, ledger, subject, clock) => {
        const odd = { state, ledger, subject, clock } as never as Record<string, never>;
        expect(rule(openFacts({ state: odd['state'] as never })).isOpen).toBe(false);
        for (const [member, value] of Object.entries({ ledger, subject, clock })) {
          const known = ['sound', 'unanchored', 'signed-out', 'signed-in', 'fine', 'ahead'];
          if (known.includes(value)) continue;
          expect(rule({ ...openFacts(), [member]: value }).isOpen).toBe(false);
        }
      }),
    );
  });

  test('one more refusal never opens anything', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom('analytics', 'advertising', '*'), (facts, purpose) => {
        const stricter = { ...facts, beingRefused: [...facts.beingRefused, purpose] };
        if (!rule(facts).isOpen) expect(rule(stricter).isOpen).toBe(false);
      }),
    );
  });
});
