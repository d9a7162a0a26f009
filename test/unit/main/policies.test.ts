import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPolicies } from '../../../src-main/policy/index.js';
import { policyHashInput } from '../../../src-main/policy/policies.js';
import { fixtureProfile } from '../../support/fixtures/service-profile.js';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

function shown(lang: string, at: string) {
  const profiles = [fixtureProfile('alpha')];
  const policies = createPolicies({ profiles, lang, nowMs: () => Date.parse(at), sha256Hex });
  return policies.current('alpha')?.shown;
}

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
    const parts = { profiles: [], lang: 'en', nowMs: () => 0, sha256Hex };
    expect(createPolicies(parts).current('alpha')).toBeNull();
    expect(createPolicies(parts).view('alpha')).toBeNull();
  });
});
