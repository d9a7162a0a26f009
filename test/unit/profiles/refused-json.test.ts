import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readProfile } from '../../../src-shared/manifest.js';
import {
  MANIFEST_FILE,
  POLICY_FILE,
  problemsOf,
  sampleManifest,
  samplePolicy,
} from './sample-profile.js';

const manifestText = JSON.stringify(sampleManifest());
const policyText = JSON.stringify(samplePolicy());

function fieldsOf(manifest: string, policy: string): string[] {
  const read = readProfile('sample', { file: MANIFEST_FILE, text: manifest }, [
    { file: POLICY_FILE, text: policy },
  ]);
  return problemsOf(read).map(({ at }) => at);
}

test.each(['', ' ', '{', '{"id":}', "{'id':'sample'}", '{"id":"sample",}', '// a comment\n{}'])(
  'a file that is not JSON is refused by name: %j',
  (text) => {
    expect(fieldsOf(text, policyText)).toEqual([`${MANIFEST_FILE} (whole file)`]);
    expect(fieldsOf(manifestText, text)).toContain(`${POLICY_FILE} (whole file)`);
  },
);

test('a file cut off anywhere is refused by name', () => {
  const cutManifest = fc.nat(manifestText.length - 1).map((end) => manifestText.slice(0, end));
  const cutPolicy = fc.nat(policyText.length - 1).map((end) => policyText.slice(0, end));
  fc.assert(
    fc.property(cutManifest, cutPolicy, (manifest, policy) => {
      expect(fieldsOf(manifest, policyText)).toContain(`${MANIFEST_FILE} (whole file)`);
      expect(fieldsOf(manifestText, policy)).toContain(`${POLICY_FILE} (whole file)`);
    }),
  );
});
