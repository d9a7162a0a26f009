import { describe, expect, test } from 'vitest';
import { reasonWords, refusedWords } from '../../../src-renderer/text/refusal-words.js';
import { PROBLEM_TYPES } from '../../../src-shared/api-contract.js';
import { english } from '../../support/english.js';

const sync = english.sync;
const UNKNOWN = 'Integro gave a reason that Sayso does not know.';

describe('why a service did not take something', () => {
  test.each(PROBLEM_TYPES)('%s is said in a sentence, never as a code', (type) => {
    const said = reasonWords(type, 'Integro', sync);
    expect(said).toMatch(/^Integro .+\.$/);
    expect(said).not.toBe(UNKNOWN);
    expect(said).not.toContain(type);
  });

  test.each(['newer-than-this', '', 'toString', '__proto__'])('%j is a reason unknown', (type) => {
    expect(reasonWords(type, 'Integro', sync)).toBe(UNKNOWN);
  });
});

describe('a refused item', () => {
  const refusal = { type: 'policy-unknown', detail: null };
  const said = (
    choices: Readonly<Record<string, 'granted' | 'denied'>>,
    detail: string | null = null,
  ) => refusedWords({ refusal: { ...refusal, detail }, choices }, 'Integro', sync);

  test('that allowed counts no more, one that refused goes on holding', () => {
    expect(said({ analytics: 'granted' })?.means).toMatch(/^This yes does not count any more/);
    expect(said({ '*': 'denied' })?.means).toBe('Your refusal goes on holding on this device.');
    expect(said({})?.means).toBe('On this device it stays as it is.');
  });

  test("carries the service's own words where there are some, cut where they are long", () => {
    expect(said({})?.told).toBeNull();
    expect(said({}, '  ')?.told).toBeNull();
    expect(said({}, 'no such text')?.told).toBe('In its own words: "no such text"');
    expect(said({}, 'x'.repeat(4000))?.told).toHaveLength('In its own words: ""'.length + 300);
  });

  test('is the only one that has such words', () => {
    expect(refusedWords({ refusal: null, choices: {} }, 'Integro', sync)).toBeNull();
  });
});
