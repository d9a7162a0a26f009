import { describe, expect, test } from 'vitest';
import { readProfile } from '../../../src-shared/manifest.js';
import { withValueAt } from './json-places.js';
import {
  MANIFEST_FILE,
  POLICY_FILE,
  problemsOf,
  readSample,
  sampleManifest,
  samplePolicy,
} from './sample-profile.js';

const manifestText = JSON.stringify(sampleManifest());
const policyText = JSON.stringify(samplePolicy());

describe('a policy whose purposes are not the manifest’s is refused', () => {
  const [necessary, analytics] = samplePolicy().label.purposes;
  test.each([
    ['one is missing', [necessary]],
    ['one is of another kind', [necessary, { ...analytics, kind: 'necessary' }]],
    ['one has another id', [necessary, { ...analytics, id: 'analysis' }]],
    ['they stand in another order', [analytics, necessary]],
    ['one stands twice', [necessary, analytics, analytics]],
  ])('%s', (_what, purposes) => {
    const policy = withValueAt(samplePolicy(), ['label', 'purposes'], purposes);
    const problems = problemsOf(readSample(sampleManifest(), policy));
    expect(problems.map(({ at }) => at)).toEqual([`${POLICY_FILE} label.purposes`]);
    expect(problems[0]?.message).toContain('necessary (necessary), analytics (optional)');
  });
});

test('an item for a purpose that does not exist is refused', () => {
  const policy = withValueAt(samplePolicy(), ['label', 'items', 0, 'purpose'], 'advertising');
  const problems = problemsOf(readSample(sampleManifest(), policy));
  expect(problems).toEqual([
    { at: `${POLICY_FILE} label.items.0.purpose`, message: expect.stringContaining('advertising') },
  ]);
});

test('two parts of the same id are refused', () => {
  const policy = withValueAt(samplePolicy(), ['sections', 1, 'id'], 'one');
  const problems = problemsOf(readSample(sampleManifest(), policy));
  expect(problems).toEqual([
    { at: `${POLICY_FILE} sections`, message: expect.stringContaining('twice') },
  ]);
});

test('a purpose named twice in the manifest is refused', () => {
  const purposes = [...sampleManifest().purposes, { id: 'analytics', kind: 'optional' }];
  const read = readSample({ ...sampleManifest(), purposes }, samplePolicy());
  expect(problemsOf(read)).toEqual([
    { at: `${MANIFEST_FILE} purposes`, message: expect.stringContaining('twice') },
  ]);
});

test.each([
  ['informs where it has to ask', { banner: 'acknowledge' }],
  ['asks where there is nothing to ask', { purposes: [{ id: 'necessary', kind: 'necessary' }] }],
])('a banner that %s is refused', (_what, change) => {
  const problems = problemsOf(
    readSample({ ...sampleManifest(), tools: [], ...change }, samplePolicy()),
  );
  expect(problems.map(({ at }) => at)).toEqual([`${MANIFEST_FILE} banner`]);
});

test('a folder that is not named after the service is refused', () => {
  const read = readProfile('other', { file: 'other/manifest.json', text: manifestText }, [
    { file: 'other/policy/1.en.json', text: policyText },
  ]);
  const problems = problemsOf(read);
  expect(problems.map(({ at }) => at)).toEqual(['other/manifest.json id']);
  expect(problems[0]?.message).toMatch(/"sample".*"other"/);
});

test.each(['2.en.json', '1.de.json', '11.en.json', '1.en.json.bak'])(
  'a policy file named %s is refused',
  (name) => {
    const file = `sample/policy/${name}`;
    const manifest = { file: MANIFEST_FILE, text: manifestText };
    const problems = problemsOf(readProfile('sample', manifest, [{ file, text: policyText }]));
    expect(problems.map(({ at }) => at)).toEqual([`${file} version`]);
    expect(problems[0]?.message).toContain('1.en.json');
  },
);

test('a language without a readable policy is refused', () => {
  const manifest = { ...sampleManifest(), languages: ['en', 'de'] };
  const problems = problemsOf(readSample(manifest, samplePolicy()));
  expect(problems).toEqual([
    { at: `${MANIFEST_FILE} languages`, message: expect.stringContaining('"de"') },
  ]);
});

test('every problem is reported, not only the first', () => {
  const manifest = { ...sampleManifest(), name: '' };
  const read = readSample(manifest, withValueAt(samplePolicy(), ['dated'], 'today'));
  expect(problemsOf(read).map(({ at }) => at)).toEqual([
    `${MANIFEST_FILE} name`,
    `${POLICY_FILE} dated`,
  ]);
});
