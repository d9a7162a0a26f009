import { describe, expect, test } from 'vitest';
import { withValueAt, type Place } from './json-places.js';
import {
  MANIFEST_FILE,
  POLICY_FILE,
  problemsOf,
  readSample,
  sampleManifest,
  samplePolicy,
} from './sample-profile.js';

const manifestCases: [what: string, place: Place, value: unknown][] = [
  ['another schema number', ['schema'], 2],
  ['an id with a slash', ['id'], '../sample'],
  ['an id in upper case', ['id'], 'Sample'],
  ['an empty name', ['name'], ''],
  ['an address in the clear', ['baseAddress'], 'http://sample.example/sayso'],
  ['an unknown way to sign in', ['signIn'], 'magic'],
  [
    'a provider without a name for Sayso',
    ['signIn'],
    { way: 'browser', issuer: 'https://l.example' },
  ],
  ['an unknown banner', ['banner'], 'accept-only'],
  ['no language', ['languages'], []],
  ['no purpose', ['purposes'], []],
  ['an unknown kind of purpose', ['purposes', 1, 'kind'], 'legitimate-interest'],
  ['the sign for every purpose as a purpose', ['purposes', 1, 'id'], '*'],
];

const policyCases: [what: string, place: Place, value: unknown][] = [
  ['a version with a slash', ['version'], '../1'],
  ['a language that is none', ['lang'], 'English'],
  ['a day that does not exist', ['dated'], '2026-02-30'],
  ['a moment without a zone', ['effectiveAt'], '2026-02-03T00:00:00'],
  ['a moment off UTC', ['effectiveAt'], '2026-02-03T00:00:00+01:00'],
  ['a retention below zero', ['label', 'items', 0, 'retention', 'longestDays'], -1],
  ['a retention of half a day', ['label', 'items', 0, 'retention', 'longestDays'], 0.5],
  ['an unknown storage', ['label', 'items', 0, 'storage'], 'fingerprint'],
  ['an address that is no e-mail', ['label', 'contacts', 0, 'email'], 'the studio team'],
  ['nobody to write to', ['label', 'contacts'], []],
  ['a line that is too long', ['label', 'summary'], 'x'.repeat(401)],
  ['an unknown kind of change', ['changes', 0, 'kind'], 'secret'],
  ['a block of markup', ['sections', 0, 'blocks', 0, 'kind'], 'html'],
  ['an empty list', ['sections', 1, 'blocks', 0, 'items'], []],
  ['no part', ['sections'], []],
];

describe('a value out of bounds is refused by file and field', () => {
  test.each(manifestCases)('manifest: %s', (_what, place, value) => {
    const read = readSample(withValueAt(sampleManifest(), place, value), samplePolicy());
    expect(problemsOf(read).map(({ at }) => at)).toContain(`${MANIFEST_FILE} ${place.join('.')}`);
  });

  test.each(['http://login.example', 'https://login.example/?a', 'https://a:b@login.example'])(
    'manifest: the provider %s',
    (issuer) => {
      const signIn = { way: 'browser', issuer, clientId: 'sayso' };
      const read = readSample(withValueAt(sampleManifest(), ['signIn'], signIn), samplePolicy());
      expect(problemsOf(read).map(({ at }) => at)).toContain(`${MANIFEST_FILE} signIn.issuer`);
    },
  );

  test.each(policyCases)('policy: %s', (_what, place, value) => {
    const read = readSample(sampleManifest(), withValueAt(samplePolicy(), place, value));
    expect(problemsOf(read).map(({ at }) => at)).toContain(`${POLICY_FILE} ${place.join('.')}`);
  });
});
