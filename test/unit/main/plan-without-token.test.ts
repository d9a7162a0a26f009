import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planWithoutToken, type Unsent } from '../../../src-main/sync/plan-without-token.js';
import { tries } from '../../support/client/property.js';

interface Numbered extends Unsent {
  readonly place: number;
}

const entries: fc.Arbitrary<Numbered[]> = fc
  .array(
    fc.record({
      chain: fc.constantFrom('one', 'two'),
      closes: fc.boolean(),
      isSigned: fc.boolean().map((isNot) => !isNot),
      isPlaced: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
    }),
    { maxLength: 12 },
  )
  .map((drawn) => drawn.map((entry, place) => ({ ...entry, place })));

/** The same in words: an entry can travel if every entry before it in its chain is there or travels too. */
function travels(all: readonly Numbered[], entry: Numbered): boolean {
  const before = all.filter(({ chain, place }) => chain === entry.chain && place <= entry.place);
  return before.every(({ isSigned, isPlaced }) => isSigned || isPlaced);
}

describe('what may travel without a token', () => {
  it('is every signed refusal that no gap stands before, whole', () => {
    const property = fc.property(entries, (all) => {
      const whole = planWithoutToken(all, 'held').filter(({ form }) => form === 'whole');
      const expected = all.filter(
        (entry) => entry.closes && !entry.isPlaced && entry.isSigned && travels(all, entry),
      );
      expect(whole.map(({ entry }) => entry.place)).toEqual(expected.map(({ place }) => place));
    });
    fc.assert(property, tries(1000));
  });

  it('leaves no gap before anything it sends, and sends nothing that the server has', () => {
    const property = fc.property(entries, (all) => {
      const sent = planWithoutToken(all, 'held').map(({ entry }) => entry);
      expect(sent.some(({ isPlaced }) => isPlaced)).toBe(false);
      for (const entry of sent) {
        const before = all.filter(
          ({ chain, place }) => chain === entry.chain && place < entry.place,
        );
        for (const one of before) expect(one.isPlaced || sent.includes(one)).toBe(true);
      }
    });
    fc.assert(property, tries(1000));
  });

  it('is in the order in which it was said, and nothing but a refusal ends a chain', () => {
    const property = fc.property(entries, (all) => {
      const plan = planWithoutToken(all, 'header');
      const places = plan.map(({ entry }) => entry.place);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      for (const chain of ['one', 'two']) {
        const last = plan.findLast(({ entry }) => entry.chain === chain);
        if (last) expect(last.form).toBe('whole');
      }
      for (const { entry, form } of plan) expect(form).toBe(entry.closes ? 'whole' : 'header');
    });
    fc.assert(property, tries(1000));
  });

  it('says of a grant before a refusal that its words come later, or never', () => {
    const grant = { chain: 'one', closes: false, isSigned: true, isPlaced: false };
    const refusal = { ...grant, closes: true };
    const forms = (rest: 'held' | 'header') =>
      planWithoutToken([grant, refusal, grant], rest).map(({ form }) => form);
    expect(forms('held')).toEqual(['held', 'whole']);
    expect(forms('header')).toEqual(['header', 'whole']);
  });
});
