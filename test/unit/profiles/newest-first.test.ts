import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readProfile } from '../../../src-shared/manifest.js';
import { MANIFEST_FILE, sampleManifest, samplePolicy } from './sample-profile.js';

const DAYS = ['2024-12-31', '2026-02-03', '2026-02-04', '2027-01-01'];

test('policies come newest first, in whatever order their files are read', () => {
  const manifest = { file: MANIFEST_FILE, text: JSON.stringify(sampleManifest()) };
  fc.assert(
    fc.property(fc.shuffledSubarray(DAYS, { minLength: 1 }), (days) => {
      const files = days.map((day) => {
        const policy = { ...samplePolicy(), version: day, effectiveAt: `${day}T00:00:00Z` };
        return { file: `sample/policy/${day}.en.json`, text: JSON.stringify(policy) };
      });
      const read = readProfile('sample', manifest, files);
      const versions = read.ok ? read.value.policies.map(({ version }) => version) : [];
      expect(versions).toEqual(days.toSorted().toReversed());
    }),
  );
});
