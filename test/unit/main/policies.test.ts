import { createHash } from 'node:crypto';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPolicies, type Policies } from '../../../src-main/policy/index.js';
import type { Store } from '../../../src-main/store/index.js';
import type { PolicyAnswer } from '../../../src-shared/api-contract.js';
import { policyHashInput } from '../../../src-shared/ledger/policy-hash.js';
import type { ServiceProfile } from '../../../src-shared/manifest.js';
import type { PolicyText } from '../../../src-shared/policy-text.js';
import { mustOpen } from '../../support/client/open-store.js';
import { temporaryFolder, type TemporaryFolder } from '../../support/client/temporary-folder.js';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';
import { labelWith, sampleChange, sampleText } from '../../support/policy-samples.js';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const ms = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const [ONE, TWO, THREE] = ['2026-01-01', '2026-02-01', '2026-03-01'] as const;
const more = labelWith('analytics', { data: ['pages opened', 'name'] });

let temporary: TemporaryFolder;
let store: Store;
beforeEach(() => {
  temporary = temporaryFolder('policies');
  store = mustOpen(path.join(temporary.folder, 'sayso.db'));
});
afterEach(() => {
  store.close();
  temporary.remove();
});

function policiesOf(profiles: readonly ServiceProfile[], at: string, lang = 'en'): Policies {
  return createPolicies({
    profiles,
    store,
    lang: () => lang,
    nowMs: () => Date.parse(at),
    sha256Hex,
  });
}

/** Policies of a service that ships with these texts. */
function shipping(texts: readonly PolicyText[], at: string, lang?: string): Policies {
  const { manifest } = fixtureProfile('alpha');
  return policiesOf([{ manifest, policies: texts }], at, lang);
}

/** What a server answers for a text, with changes. */
function answerFor(text: PolicyText, changes: Partial<PolicyAnswer> = {}): PolicyAnswer {
  const { version, lang, effectiveAt, changes: list, label, sections } = text;
  const sha256 = sha256Hex(policyHashInput(text));
  return { version, lang, sha256, effectiveAt, changes: list, label, sections, ...changes };
}

const shown = (lang: string, at: string) =>
  policiesOf([fixtureProfile('alpha')], at, lang).current('alpha')?.shown;

describe('the policy on show', () => {
  it.each([
    ['the day before it takes effect', 'en', '2026-12-31T23:59:59.999Z', '2026-01'],
    ['the moment it takes effect', 'en', '2027-01-01T00:00:00Z', '2027-01'],
    ['before any has taken effect: the first to come', 'en', '2025-01-01T00:00:00Z', '2026-01'],
  ])('is, %s, the right version', (_, lang, at, version) => {
    expect(shown(lang, at)).toMatchObject({ version, lang: 'en' });
  });

  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['en-GB', 'en'],
    ['fr', 'en'],
    ['fr-CA', 'en'],
  ])('is, for %s, in %s', (lang, expected) => {
    expect(shown(lang, '2026-06-01T00:00:00Z')?.lang).toBe(expected);
  });

  it('is the version in force, also where it is not in the language of the window', () => {
    expect(shown('de', '2027-06-01T00:00:00Z')).toMatchObject({ version: '2027-01', lang: 'en' });
  });

  it('is named by the hash of its label card and sections, and by nothing else of it', () => {
    const [text] = fixtureProfile('alpha').policies;
    if (!text) throw new Error('the fixture has no policy');
    const hash = (changes: object): string => sha256Hex(policyHashInput({ ...text, ...changes }));
    expect(shown('en', '2027-06-01T00:00:00Z')?.sha256).toBe(hash({}));
    expect(hash({ dated: '1999-01-01', changes: [] })).toBe(hash({}));
    expect(hash({ label: { ...text.label, summary: 'Else.' } })).not.toBe(hash({}));
    expect(hash({ sections: [] })).not.toBe(hash({}));
  });

  it('is none of an unknown service', () => {
    const none = policiesOf([], '2026-06-01T00:00:00Z');
    expect(none.current('alpha')).toBeNull();
    expect(none.view('alpha')).toBeNull();
    expect(none.announcement('alpha', [])).toBeNull();
    expect(none.nextChangeMs('alpha', 0)).toBeNull();
    expect(none.difference('alpha', null, ONE)).toBeNull();
    expect(none.changedAtMs('alpha', 'analytics', ONE)).toBe(-Infinity);
  });

  it('is a fetched one as soon as it is in force', () => {
    for (const [at, version] of [
      ['2026-01-31T23:59:59Z', ONE],
      ['2026-02-01T00:00:00Z', TWO],
    ] as const) {
      const policies = shipping([sampleText(ONE)], at);
      policies.keep('alpha', answerFor(sampleText(TWO)));
      expect(policies.current('alpha')?.shown.version).toBe(version);
      expect(policies.view('alpha')).toMatchObject({ version, dated: version });
    }
  });
});

describe('what a server answers', () => {
  const policies = (): Policies => shipping([sampleText(ONE)], `${TWO}T00:00:00Z`);

  it.each<[string, Partial<PolicyAnswer>]>([
    ['another hash', { sha256: 'a'.repeat(64) }],
    ['another label card', { label: more }],
    ['no sections', { sections: [] }],
    ['a version of no form', { version: '../2026' }],
    [
      'two parts of one name',
      ((text) => answerFor({ ...text, sections: [...text.sections, ...text.sections] }))(
        sampleText(TWO),
      ),
    ],
    [
      'two purposes of one name',
      answerFor({
        ...sampleText(TWO),
        label: { ...more, purposes: [...more.purposes, ...more.purposes] },
      }),
    ],
  ])('is not taken in with %s', (_, changes) => {
    const room = policies();
    const answer = answerFor(sampleText(TWO), changes);
    expect(room.keep('alpha', answer)).toEqual({ ok: false, error: { code: 'not-understood' } });
    expect(room.current('alpha')?.shown.version).toBe(ONE);
    expect(store.policyTexts.count('alpha')).toBe(0);
  });

  it('does not put other words in the place of those that are known', () => {
    const room = policies();
    room.keep('alpha', answerFor(sampleText(TWO)));
    const reworded = answerFor(sampleText(TWO, { label: more }));
    expect(room.keep('alpha', reworded)).toEqual({ ok: true, value: false });
    expect(room.current('alpha')?.text.label).toEqual(sampleText(TWO).label);
    expect(room.changedAtMs('alpha', 'analytics', ONE)).toBeNull();
  });

  it('is news once', () => {
    const room = policies();
    const answer = answerFor(sampleText(TWO), { previous: ONE });
    expect(room.keep('alpha', answer)).toEqual({ ok: true, value: true });
    expect(room.keep('alpha', answer)).toEqual({ ok: true, value: false });
  });

  it('closes what it calls material later, moves no day back, and survives the next start', () => {
    const room = policies();
    room.keep('alpha', answerFor(sampleText(TWO)));
    expect(room.changedAtMs('alpha', 'analytics', ONE)).toBeNull();
    const changes = [sampleChange({ material: true, purposes: ['analytics'] })];
    const later = { changes, effectiveAt: `${THREE}T00:00:00Z` };
    expect(room.keep('alpha', answerFor(sampleText(TWO), later)).ok).toBe(true);
    for (const one of [room, policies()]) {
      expect(one.changedAtMs('alpha', 'analytics', ONE)).toBe(ms(TWO));
      expect(one.changedAtMs('alpha', 'advertising', ONE)).toBeNull();
    }
  });

  it('tells what is missing before it, and what is missing counts as a change to everything', () => {
    const room = policies();
    room.keep('alpha', answerFor(sampleText(THREE), { previous: TWO }));
    expect(room.missing('alpha')).toEqual([{ version: TWO, lang: 'en' }]);
    expect(room.changedAtMs('alpha', 'advertising', ONE)).toBe(ms(THREE));
    room.keep('alpha', answerFor(sampleText(TWO), { previous: ONE }));
    expect(room.missing('alpha')).toEqual([]);
    expect(room.changedAtMs('alpha', 'advertising', ONE)).toBeNull();
  });

  it('is told from a disk that takes nothing', () => {
    const room = policies();
    const commit = (): ReturnType<Store['commit']> => ({ ok: false, error: 'full' });
    const full = createPolicies({
      profiles: [{ manifest: fixtureProfile('alpha').manifest, policies: [sampleText(ONE)] }],
      store: {
        policyTexts: store.policyTexts,
        meta: store.meta,
        commit: commit as Store['commit'],
      },
      lang: () => 'en',
      nowMs: () => ms(TWO),
      sha256Hex,
    });
    full.keepShipped();
    expect(full.keep('alpha', answerFor(sampleText(TWO)))).toEqual({
      ok: false,
      error: { code: 'not-saved', cause: 'full' },
    });
    expect(full.current('alpha')?.shown).toEqual(room.current('alpha')?.shown);
  });
});

describe('what ships', () => {
  it('is kept once, and stays known when it ships no more', () => {
    shipping([sampleText(ONE), sampleText(TWO, { label: more })], `${TWO}T00:00:00Z`).keepShipped();
    expect(store.policyTexts.count('alpha')).toBe(2);
    const later = shipping([sampleText(TWO, { label: more })], `${TWO}T00:00:00Z`);
    later.keepShipped();
    expect(store.policyTexts.count('alpha')).toBe(2);
    expect(later.changedAtMs('alpha', 'analytics', ONE)).toBe(ms(TWO));
  });

  it('is shown in its own words where others are kept under the same name', () => {
    const old = sampleText(ONE, { label: { ...more, summary: 'Old.' } });
    shipping([old], `${ONE}T00:00:00Z`).keepShipped();
    const now = shipping([sampleText(ONE)], `${ONE}T00:00:00Z`);
    now.keepShipped();
    expect(now.current('alpha')?.text.label.summary).toBe(sampleText(ONE).label.summary);
    expect(store.policyTexts.count('alpha')).toBe(2);
  });
});

describe('the difference between two versions', () => {
  const german = { lang: 'de' };
  const texts = [
    sampleText(ONE),
    sampleText(ONE, german),
    sampleText(TWO, { label: more }),
    sampleText(TWO, { ...german, label: more }),
    sampleText(THREE, german),
  ];

  it('is in the language of the window, and else in one that both have', () => {
    const langs = ['de', 'en'].map((lang) =>
      [ONE, TWO].map(
        (from) =>
          shipping(texts, `${THREE}T00:00:00Z`, lang).difference(
            'alpha',
            from,
            from === ONE ? TWO : THREE,
          )?.lang,
      ),
    );
    expect(langs).toEqual([
      ['de', 'de'],
      ['en', 'de'],
    ]);
  });

  it('is against the version before where none is named, and none without both texts', () => {
    const room = shipping(texts, `${THREE}T00:00:00Z`);
    expect(room.difference('alpha', null, TWO)).toMatchObject({ from: ONE, to: TWO });
    expect(room.difference('alpha', null, ONE)).toBeNull();
    expect(room.difference('alpha', ONE, 'lost')).toBeNull();
    expect(room.difference('alpha', 'lost', TWO)).toBeNull();
  });
});

describe('the next moment at which the policy changes', () => {
  it('is the next day on which a known version takes effect', () => {
    const room = shipping([sampleText(ONE), sampleText(TWO)], `${ONE}T00:00:00Z`);
    expect(room.nextChangeMs('alpha', ms(ONE) - 1)).toBe(ms(ONE));
    expect(room.nextChangeMs('alpha', ms(ONE))).toBe(ms(TWO));
    expect(room.nextChangeMs('alpha', ms(TWO))).toBeNull();
  });
});
