import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readKnownProfiles } from '../../../src-main/policy/known-profiles.js';
import { readProfiles } from '../../../src-main/policy/read-profiles.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';

const VERSION = '1.2.3';

/** A copy of what ships, that a test may change. */
function services(): string {
  const { folder, remove } = temporaryFolder('known');
  onTestFinished(remove);
  cpSync(path.resolve('resources', 'services'), folder, { recursive: true });
  return folder;
}

it('reads the files that were sound before as the schemas read them', async () => {
  const folder = services();
  const { profiles, problems, fingerprint } = await readProfiles(folder, VERSION);
  expect(problems).toEqual([]);
  expect(profiles.length).toBeGreaterThan(1);
  expect(await readKnownProfiles(folder, VERSION, fingerprint)).toEqual(profiles);
});

it.each([
  ['none are known', VERSION, (known: string | null) => known && null, () => undefined],
  ['another version of Sayso knew them', '1.2.4', (known: string | null) => known, () => undefined],
  [
    'one byte is another',
    VERSION,
    (known: string | null) => known,
    (folder: string) => {
      const file = path.join(folder, 'integro', 'manifest.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('Integro', 'Integra'));
    },
  ],
  [
    'one cannot be read',
    VERSION,
    (known: string | null) => known,
    (folder: string) => {
      cpSync(path.join(folder, 'integro', 'policy'), path.join(folder, 'other', 'policy'), {
        recursive: true,
      });
    },
  ],
])('reads nothing where %s', async (_case, version, knownOf, change) => {
  const folder = services();
  const { fingerprint } = await readProfiles(folder, VERSION);
  change(folder);
  expect(await readKnownProfiles(folder, version, knownOf(fingerprint))).toBeNull();
});

it('gives no fingerprint to files in which something is wrong', async () => {
  const folder = services();
  writeFileSync(path.join(folder, 'integro', 'manifest.json'), '{}');
  expect((await readProfiles(folder, VERSION)).fingerprint).toBeNull();
});
