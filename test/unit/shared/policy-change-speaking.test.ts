import { describe, expect, it } from 'vitest';
import { policyTimeline, versionNames } from '../../../src-shared/consent/policy-change.js';
import type { PolicyText } from '../../../src-shared/policy-text.js';
import { sampleLabel, samplePurpose, sampleText } from '../../support/policy-samples.js';

const [ONE, TWO, THREE] = ['2026-01-01', '2026-02-01', '2026-03-01'] as const;

const about = (purposes: readonly string[], lang = 'en'): PolicyText =>
  sampleText(ONE, {
    lang,
    label: sampleLabel({ purposes: purposes.map((id) => samplePurpose(id)) }),
  });

const timelineOf = (texts: readonly PolicyText[]) =>
  policyTimeline(texts.map((text) => ({ text, previous: [] })));

describe('a version that is known speaks of a purpose', () => {
  it('that its label card has, be it the only one', () => {
    expect(timelineOf([about(['analytics'])]).changedAtMs('analytics', ONE)).toBeNull();
  });

  it('and of no other, whatever else the card has', () => {
    expect(timelineOf([about(['analytics'])]).changedAtMs('advertising', ONE)).toBe(-Infinity);
  });

  it('that its card has in any one language', () => {
    const timeline = timelineOf([about(['advertising']), about(['analytics'], 'de')]);
    expect(timeline.changedAtMs('analytics', ONE)).toBeNull();
    expect(timeline.changedAtMs('advertising', ONE)).toBeNull();
    expect(timeline.changedAtMs('functional', ONE)).toBe(-Infinity);
  });
});

describe('the versions after one', () => {
  it('are those that take effect later, none after the last', () => {
    const { after } = timelineOf([ONE, TWO, THREE].map((day) => sampleText(day)));
    const names = (version: string) => after(version).map((one) => one.version);
    expect([ONE, TWO, THREE].map(names)).toEqual([[TWO, THREE], [THREE], []]);
  });

  it('have the order of their names on one day, in whatever order they came', () => {
    const texts = ['a', 'b', 'c'].map((version) => sampleText(ONE, { version }));
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const order of orders) {
      const inThisOrder = order.flatMap((place) => texts[place] ?? []);
      expect(versionNames(inThisOrder)).toEqual(['a', 'b', 'c']);
    }
  });
});
