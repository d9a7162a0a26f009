import { describe, expect, it } from 'vitest';
import { bannerShows } from '../../../src-shared/consent/asking.js';
import {
  contradictionsIn,
  decisionSchema,
  MAX_SUPERSEDED,
  onlyDenies,
  surfaceSchema,
} from '../../../src-shared/consent/decision.js';
import { choiceFor, headIds, supersededBy } from '../../../src-shared/consent/effective-state.js';
import { DAY_MS, REFUSAL_QUIET_MS } from '../../../src-shared/consent/expiry.js';
import { idAt, sampleDecision, START_MS } from '../../support/client/sample-decision.js';

/** The messages with which a decision is refused, each with its place. */
function refusals(input: unknown): string[] {
  const parsed = decisionSchema.safeParse(input);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('where a decision speaks', () => {
  const everything = { '*': 'denied' } as const;

  it('is where it names the purpose, else where it names every one', () => {
    expect(choiceFor({ choices: { analytics: 'granted' } }, 'analytics')).toBe('granted');
    expect(choiceFor({ choices: { analytics: 'granted' } }, 'functional')).toBeUndefined();
    expect(choiceFor({ choices: everything }, 'functional')).toBe('denied');
    expect(choiceFor({ choices: { ...everything, analytics: 'granted' } }, 'analytics')).toBe(
      'granted',
    );
  });

  it('is the only place where it takes the place of others', () => {
    const supersedes = { analytics: ['a'], functional: ['f'], '*': ['e'] };
    const about = { choices: { analytics: 'denied' as const }, supersedes };
    expect(supersededBy(about, 'analytics')).toEqual(['a']);
    expect(supersededBy(about, 'functional')).toEqual([]);
    expect(supersededBy(about, '*')).toEqual([]);
    expect(supersededBy({ choices: everything, supersedes }, 'analytics')).toEqual(['a', 'e']);
    expect(supersededBy({ choices: everything, supersedes }, 'advertising')).toEqual(['e']);
    expect(supersededBy({ choices: everything, supersedes }, '*')).toEqual(['e']);
    expect(supersededBy({ choices: everything, supersedes: {} }, '*')).toEqual([]);
  });

  it('names each head once, in order', () => {
    const decisions = [sampleDecision(2), sampleDecision(1), sampleDecision(2)];
    expect(headIds(decisions, 'analytics')).toEqual([idAt(1), idAt(2)]);
  });
});

describe('a decision that is none', () => {
  it('is refused in words that say what does not agree', () => {
    const say = (action: 'acknowledge' | 'accept-all' | 'save' | 'withdraw', choices: object) =>
      contradictionsIn({ action, choices: { ...choices } });
    expect(say('acknowledge', { a: 'denied' })).toEqual(['`acknowledge` has no choices']);
    expect(say('accept-all', { a: 'denied' })).toEqual(['`accept-all` only grants']);
    expect(say('save', { a: 'denied', b: 'granted' })).toEqual([
      'grants and denials are two decisions',
    ]);
    expect(say('withdraw', { a: 'granted' })).toEqual(['`withdraw` only denies']);
    expect(say('save', {})).toEqual(['`save` needs at least one choice']);
    expect(say('save', { '*': 'granted' })).toEqual(['`*` never grants']);
  });

  it('carries those words out of the schema', () => {
    const input = sampleDecision(1, { action: 'withdraw' });
    expect(decisionSchema.safeParse(input).error?.issues).toMatchObject([
      { code: 'custom', message: '`withdraw` only denies', path: [] },
    ]);
  });

  it('is refused for a member named __proto__, and for nothing else besides', () => {
    const choices: unknown = JSON.parse('{"analytics":"granted","__proto__":"denied"}');
    expect(refusals({ ...sampleDecision(1), choices })).toEqual([
      'choices: has a member named __proto__',
    ]);
  });

  it('is refused for choices that are no record at all', () => {
    for (const choices of [null, 'granted', 7]) {
      const [refusal, ...others] = refusals({ ...sampleDecision(1), choices });
      expect(refusal).toMatch(/^choices: Invalid input: expected record/);
      expect(others).toEqual([]);
    }
  });
});

describe('the bounds of a decision', () => {
  it('know four places on the screen', () => {
    expect(surfaceSchema.options).toEqual(['banner', 'settings', 'notice', 'import']);
  });

  it('let it take the place of a thousand others and of no more', () => {
    const superseding = (count: number) => ({
      ...sampleDecision(1),
      supersedes: { analytics: Array.from({ length: count }, (_, place) => idAt(place)) },
    });
    expect(MAX_SUPERSEDED).toBe(1000);
    expect(refusals(superseding(1000))).toEqual([]);
    expect(refusals(superseding(1001))).toHaveLength(1);
  });

  it('let a policy version be named by 1 to 64 characters', () => {
    const under = (version: string) => ({
      ...sampleDecision(1),
      policy: { ...sampleDecision(1).policy, version },
    });
    expect([1, 64].map((length) => refusals(under('v'.repeat(length))))).toEqual([[], []]);
    expect([0, 65].map((length) => refusals(under('v'.repeat(length))).length)).toEqual([1, 1]);
  });

  it('begin their numbers at 1', () => {
    expect(refusals({ ...sampleDecision(1), seq: 1 })).toEqual([]);
    expect(refusals({ ...sampleDecision(1), seq: 0 })).toHaveLength(1);
  });
});

describe('a decision that only denies', () => {
  it('has a choice, and each is a denial', () => {
    expect(onlyDenies({ choices: { a: 'denied', b: 'denied' } })).toBe(true);
    expect(onlyDenies({ choices: { a: 'denied', b: 'granted' } })).toBe(false);
    expect(onlyDenies({ choices: {} })).toBe(false);
  });
});

describe('asking about a refusal', () => {
  it('waits a year, and for ever where nobody knows when it was said', () => {
    expect(REFUSAL_QUIET_MS).toBe(365 * DAY_MS);
    const reading = { state: 'denied', by: null, untilMs: null, overruled: [] } as const;
    const facts = {
      kind: 'choice',
      optional: [reading],
      acknowledged: false,
      dismissed: false,
      refusedInThisRun: false,
      calledBack: false,
      trustedNowMs: START_MS,
    } as const;
    expect(bannerShows(facts)).toBe(false);
  });
});
