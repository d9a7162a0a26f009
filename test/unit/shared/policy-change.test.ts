import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  missingTexts,
  policyTimeline,
  versionNames,
  type KnownText,
} from '../../../src-shared/consent/policy-change.js';
import type { PolicyText } from '../../../src-shared/policy-text.js';
import { tries } from '../../support/client/property.js';
import { labelWith, sampleChange, sampleLabel, sampleText } from '../../support/policy-samples.js';

const DAYS = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'] as const;
const [ONE, TWO, THREE] = DAYS;
const ms = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const known = (text: PolicyText, ...previous: (string | null)[]): KnownText => ({ text, previous });
/** When each optional purpose changes after a version. */
const changes = (texts: readonly KnownText[], version: string) => {
  const timeline = policyTimeline(texts);
  return {
    analytics: timeline.changedAtMs('analytics', version),
    advertising: timeline.changedAtMs('advertising', version),
  };
};
const more = labelWith('analytics', { data: ['pages opened', 'name'] });
const NEVER = { analytics: null, advertising: null };
const UNKNOWN = { analytics: -Infinity, advertising: -Infinity };

describe('a purpose has changed after a version', () => {
  it('at the moment a later version that says so takes effect, for the purposes it names', () => {
    const change = sampleChange({ material: true, purposes: ['advertising'] });
    const texts = [known(sampleText(ONE)), known(sampleText(TWO, { changes: [change] }))];
    expect(changes(texts, ONE)).toEqual({ analytics: null, advertising: ms(TWO) });
    expect(changes(texts, TWO)).toEqual(NEVER);
  });

  it('whatever the list says, when the label card reaches further', () => {
    const change = sampleChange({ material: false, purposes: ['analytics'] });
    const second = sampleText(TWO, { changes: [change], label: more });
    const texts = [known(sampleText(ONE)), known(second)];
    expect(changes(texts, ONE)).toEqual({ analytics: ms(TWO), advertising: null });
  });

  it('never, when only words changed', () => {
    const second = sampleText(TWO, { changes: [sampleChange()], sections: [] });
    expect(changes([known(sampleText(ONE)), known(second)], ONE)).toEqual(NEVER);
  });

  it('for every purpose, when a material change names none', () => {
    const second = sampleText(TWO, { changes: [sampleChange({ material: true })] });
    const expected = { analytics: ms(TWO), advertising: ms(TWO) };
    expect(changes([known(sampleText(ONE)), known(second)], ONE)).toEqual(expected);
  });

  it('at the first of several changes, and not at one from before', () => {
    const material = { changes: [sampleChange({ material: true })] };
    const texts = DAYS.map((day, place) => known(sampleText(day, place % 2 ? material : {})));
    const at = DAYS.map((day) => changes(texts, day).analytics);
    expect(at).toEqual([ms(DAYS[1]), ms(DAYS[3]), ms(DAYS[3]), null, null]);
  });

  it('since ever, when nobody knows the version or it does not speak of the purpose', () => {
    const silent = sampleText(ONE, { label: sampleLabel({ purposes: [] }) });
    expect(changes([known(sampleText(ONE))], TWO)).toEqual(UNKNOWN);
    expect(changes([], ONE)).toEqual(UNKNOWN);
    expect(changes([known(silent)], ONE)).toEqual(UNKNOWN);
  });

  it('when a version is missing in between, whatever is known on both sides', () => {
    const texts = [known(sampleText(ONE)), known(sampleText(THREE), TWO)];
    expect(changes(texts, ONE)).toEqual({ analytics: ms(THREE), advertising: ms(THREE) });
    expect(changes([...texts, known(sampleText(TWO), ONE)], ONE)).toEqual(NEVER);
  });

  it('when a version that is not the oldest claims to be the first', () => {
    const texts = [known(sampleText(ONE), null), known(sampleText(TWO), null)];
    expect(changes(texts, ONE)).toEqual({ analytics: ms(TWO), advertising: ms(TWO) });
  });

  it('when the version before was named in two ways', () => {
    const texts = [known(sampleText(ONE), null), known(sampleText(TWO), ONE, 'other')];
    expect(changes(texts, ONE).analytics).toBe(ms(TWO));
  });

  it('when two versions have no language in common', () => {
    const second = sampleText(TWO, { lang: 'de' });
    const texts = [known(sampleText(ONE)), known(second)];
    expect(changes(texts, ONE).advertising).toBe(ms(TWO));
    expect(changes([...texts, known(sampleText(ONE, { lang: 'de' }))], ONE)).toEqual(NEVER);
  });

  it('when any one language shows it', () => {
    const texts = ['en', 'de'].flatMap((lang) => [
      known(sampleText(ONE, { lang })),
      known(sampleText(TWO, { lang, ...(lang === 'de' ? { label: more } : {}) })),
    ]);
    expect(changes(texts, ONE)).toEqual({ analytics: ms(TWO), advertising: null });
  });

  it('on the earliest day that any of its texts names', () => {
    const material = { changes: [sampleChange({ material: true })] };
    const texts = [
      known(sampleText(ONE)),
      known(sampleText(THREE, material)),
      known(sampleText(THREE, { lang: 'de', effectiveAt: `${TWO}T00:00:00Z` })),
    ];
    expect(changes(texts, ONE).analytics).toBe(ms(TWO));
  });
});

describe('what would tell more', () => {
  it('is a version that another names as the one before it, in the same language', () => {
    const texts = [known(sampleText(THREE, { lang: 'de' }), TWO), known(sampleText(ONE), null)];
    expect(missingTexts(texts)[0]).toEqual({ version: TWO, lang: 'de' });
  });

  it('is a common language of two versions, on either side', () => {
    const texts = [known(sampleText(ONE)), known(sampleText(TWO, { lang: 'de' }), ONE)];
    expect(missingTexts(texts)).toEqual([
      { version: TWO, lang: 'en' },
      { version: ONE, lang: 'de' },
    ]);
  });

  it('is nothing where no step is unknown', () => {
    const texts = [
      known(sampleText(ONE), null),
      known(sampleText(TWO), ONE),
      known(sampleText(THREE)),
    ];
    expect(missingTexts(texts)).toEqual([]);
  });
});

describe('the order of versions', () => {
  it('is that of their days, then that of their names', () => {
    const same = { effectiveAt: `${ONE}T00:00:00Z` };
    const texts = [sampleText(THREE), sampleText(TWO, same), sampleText(ONE, same)];
    expect(versionNames(texts)).toEqual([ONE, TWO, THREE]);
    const { versions, after } = policyTimeline(texts.map((text) => known(text)));
    expect(versions.map(({ version }) => version)).toEqual([ONE, TWO, THREE]);
    expect(after(ONE).map(({ version }) => version)).toEqual([TWO, THREE]);
    expect(after('unknown')).toEqual(versions);
    expect(versionNames([sampleText(TWO, { version: 'a' }), sampleText(ONE)])).toEqual([ONE, 'a']);
    expect(versionNames([sampleText(THREE), sampleText(ONE, { version: 'z' })])).toEqual([
      'z',
      THREE,
    ]);
  });
});

describe('any set of texts', () => {
  const text = fc
    .record({
      day: fc.constantFrom(...DAYS),
      lang: fc.constantFrom('en', 'de'),
      material: fc.boolean(),
      purposes: fc.subarray(['analytics', 'advertising']),
      data: fc.subarray(['pages opened', 'name', 'address']),
      previous: fc.array(fc.constantFrom(null, ...DAYS, 'lost'), { maxLength: 2 }),
    })
    .map(({ day, lang, material, purposes, data, previous }) => {
      const change = sampleChange({ material, purposes });
      const label = labelWith('analytics', { data });
      return known(sampleText(day, { lang, changes: [change], label }), ...previous);
    });
  const texts = fc.uniqueArray(text, {
    selector: ({ text: { version, lang } }) => `${version} ${lang}`,
    maxLength: 10,
  });
  const all = (set: readonly KnownText[]) => DAYS.map((day) => changes(set, day));

  it('gives the same times in any order and with repetitions', () => {
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.nat()), (set, draws) => {
        const shuffled = [...set, ...set.slice(0, 2)]
          .map((one) => ({ one, place: draws.next().value as number }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ one }) => one);
        expect(all(shuffled)).toEqual(all(set));
      }),
      tries(200),
    );
  });

  it('gives a change the day of a later version, and later versions no earlier change', () => {
    fc.assert(
      fc.property(texts, (set) => {
        const { versions, changedAtMs } = policyTimeline(set);
        const at = versions.map(({ version }) => changedAtMs('analytics', version) ?? Infinity);
        at.forEach((changedAt, place) => {
          const later = versions.slice(place + 1).map(({ effectiveAtMs }) => effectiveAtMs);
          expect([Infinity, ...later]).toContain(changedAt);
          expect(changedAt).toBeLessThanOrEqual(at[place + 1] ?? Infinity);
        });
      }),
      tries(200),
    );
  });

  it('closes at least as much when a version comes at the end', () => {
    const last = fc.record({ material: fc.boolean(), gap: fc.boolean() });
    fc.assert(
      fc.property(texts, last, (set, { material, gap }) => {
        const change = sampleChange({ material });
        const newest = sampleText('2027-01-01', { changes: [change] });
        const before = all(set);
        const after = all([...set, known(newest, ...(gap ? ['lost'] : []))]);
        after.forEach(({ analytics }, place) => {
          const earlier = before[place]?.analytics ?? Infinity;
          expect(analytics ?? Infinity).toBeLessThanOrEqual(earlier);
          if ((material || gap) && set.length > 0) expect(analytics).not.toBeNull();
        });
      }),
      tries(200),
    );
  });

  it('agrees with a comparison of each two neighbours, one by one', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('analytics', 'advertising'), (set, purpose) => {
        const timeline = policyTimeline(set);
        for (const day of DAYS) {
          expect(timeline.changedAtMs(purpose, day)).toBe(plainly(set, purpose, day));
        }
      }),
      tries(300),
    );
  });

  /** The same rule without the module's parts: the generator only ever varies data of one purpose and the list of changes. */
  function plainly(set: readonly KnownText[], purpose: string, version: string): number | null {
    const days = DAYS.filter((day) => set.some((one) => one.text.version === day));
    const place = days.findIndex((day) => day === version);
    if (place === -1) return -Infinity;
    for (let next = place + 1; next < days.length; next += 1) {
      const older = set.filter((one) => one.text.version === days[next - 1]);
      const newer = set.filter((one) => one.text.version === days[next]);
      let compared = false;
      let changed = newer.some(({ previous }) => previous.some((name) => name !== days[next - 1]));
      for (const { text: to } of newer) {
        for (const { material, purposes } of to.changes) {
          if (material && (purposes.length === 0 || purposes.includes(purpose))) changed = true;
        }
        for (const { text: from } of older.filter((one) => one.text.lang === to.lang)) {
          compared = true;
          const had = from.label.purposes[1]?.data ?? [];
          const has = to.label.purposes[1]?.data ?? [];
          if (purpose === 'analytics' && has.some((one) => !had.includes(one))) changed = true;
        }
      }
      if (changed || !compared) return ms(days[next] ?? '');
    }
    return null;
  }
});
