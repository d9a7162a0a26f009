import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { widenedPurposes } from '../../../src-shared/consent/label-widening.js';
import type { DeclaredItem, Label, LabelPurpose } from '../../../src-shared/policy-text.js';
import { tries } from '../../support/client/property.js';
import { labelWith, sampleLabel, samplePurpose } from '../../support/policy-samples.js';

const label = sampleLabel();
const [item] = label.items as [DeclaredItem];
const retention = (longestDays: number | null, text = 'Some time.') => ({ longestDays, text });
const withRetention = (longestDays: number | null, text?: string): Label =>
  labelWith('analytics', { retention: retention(longestDays, text) });
const withItem = (changes: Partial<DeclaredItem>): Label =>
  sampleLabel({ items: [{ ...item, ...changes }] });
const withItemKept = (longestDays: number | null, text?: string): Label =>
  withItem({ retention: retention(longestDays, text) });

describe('a label card that reaches further', () => {
  it.each<[string, Label, Label, string[]]>([
    [
      'a recipient',
      label,
      labelWith('analytics', { recipients: ['Measurer', 'Else'] }),
      ['analytics'],
    ],
    ['another recipient', label, labelWith('analytics', { recipients: ['Else'] }), ['analytics']],
    ['a kind of data', label, labelWith('advertising', { data: ['name'] }), ['advertising']],
    ['a first kind of data', labelWith('analytics', { data: [] }), label, ['analytics']],
    ['no choice', label, labelWith('analytics', { kind: 'necessary' }), ['analytics']],
    ['one day more', withRetention(30), withRetention(31), ['analytics']],
    ['no limit any more', withRetention(30), withRetention(null), ['analytics']],
    ['a limit that nobody can compare', withRetention(null), withRetention(30), ['analytics']],
    [
      'other words for no limit',
      withRetention(null, 'A.'),
      withRetention(null, 'B.'),
      ['analytics'],
    ],
    [
      'a purpose',
      label,
      sampleLabel({ purposes: [...label.purposes, samplePurpose('sale')] }),
      ['sale'],
    ],
    ['an item', sampleLabel({ items: [] }), label, ['analytics']],
    ['an item for another purpose', label, withItem({ purpose: 'advertising' }), ['advertising']],
    ['an item in another place', label, withItem({ storage: 'app' }), ['analytics']],
    ['an item of another name', label, withItem({ name: 'visit' }), ['analytics']],
    ['an item that is kept longer', withItemKept(7), withItemKept(8), ['analytics']],
    ['an item that is kept for ever', withItemKept(7), withItemKept(null), ['analytics']],
  ])('by %s touches that purpose', (_, from, to, expected) => {
    const touched = widenedPurposes(from, to);
    expect(touched === 'every' ? touched : [...touched]).toEqual(expected);
  });

  it.each<[string, Partial<Label>]>([
    [
      'third party',
      { thirdParties: [...label.thirdParties, { name: 'Else', what: 'Something.' }] },
    ],
    ['publisher', { publisher: 'Somebody' }],
  ])('by another %s touches every purpose', (_, changes) => {
    expect(widenedPurposes(label, sampleLabel(changes))).toBe('every');
  });

  it('touches each purpose that something is new for', () => {
    const from = sampleLabel({ items: [] });
    const to = { ...labelWith('advertising', { data: ['name'] }) };
    expect(widenedPurposes(from, to)).toEqual(new Set(['advertising', 'analytics']));
  });
});

describe('a label card that reaches no further', () => {
  it.each<[string, Label, Label]>([
    ['is the same', label, sampleLabel()],
    ['lacks a recipient', label, labelWith('analytics', { recipients: [] })],
    ['lacks a kind of data', label, labelWith('analytics', { data: [] })],
    ['gives a choice', labelWith('analytics', { kind: 'necessary' }), label],
    ['keeps less long', withRetention(30), withRetention(29)],
    ['keeps as long, in other words', withRetention(30, 'A.'), withRetention(30, 'B.')],
    ['keeps without a limit, in the same words', withRetention(null), withRetention(null)],
    ['lacks a purpose', label, sampleLabel({ purposes: label.purposes.slice(0, 2) })],
    ['lacks an item', label, sampleLabel({ items: [] })],
    ['keeps an item less long', withItemKept(7), withItemKept(6)],
    ['lacks a third party', label, sampleLabel({ thirdParties: [] })],
  ])('touches nothing when it %s', (_, from, to) => {
    expect(widenedPurposes(from, to)).toEqual(new Set());
  });

  it('touches nothing whatever is worded otherwise', () => {
    const words = fc.string({ minLength: 1, maxLength: 20 });
    const reworded = fc.record({
      summary: words,
      howToWithdraw: words,
      notDone: fc.array(words, { maxLength: 3 }),
      purposes: fc
        .array(fc.record({ name: words, what: words, why: words }), { minLength: 3, maxLength: 3 })
        .map((texts) =>
          label.purposes.map((one, index): LabelPurpose => ({ ...one, ...texts[index] })),
        ),
      items: words.map((what) => [{ ...item, what }]),
      thirdParties: words.map((what) => label.thirdParties.map(({ name }) => ({ name, what }))),
    });
    fc.assert(
      fc.property(reworded, (changes) => {
        expect(widenedPurposes(label, sampleLabel(changes))).toEqual(new Set());
      }),
      tries(200),
    );
  });
});
