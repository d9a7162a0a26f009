import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readProfiles } from '../../../src-main/policy/read-profiles.js';
import { fixtureFiles } from '../../support/fixtures/service-profile.js';
import { temporaryFolder, type TemporaryFolder } from '../../support/client/temporary-folder.js';

let temporary: TemporaryFolder;
beforeEach(() => {
  temporary = temporaryFolder('profiles');
  for (const id of ['alpha', 'beta']) writeService(id);
});
afterEach(() => {
  temporary.remove();
});

function write(file: string, text: string): void {
  const full = path.join(temporary.folder, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
}

function writeService(id: string): void {
  const { manifest, policies } = fixtureFiles(id);
  for (const { file, text } of [manifest, ...policies]) write(file, text);
}

async function read() {
  const { profiles, problems } = await readProfiles(temporary.folder, '1.0.0');
  return { ids: profiles.map(({ manifest }) => manifest.id), problems };
}

describe('reading the service folders', () => {
  it('finds every good one, in the order of their names', async () => {
    expect(await read()).toEqual({ ids: ['alpha', 'beta'], problems: [] });
  });

  it('finds nothing in a folder that is not there', async () => {
    const nowhere = path.join(temporary.folder, 'nowhere');
    expect(await readProfiles(nowhere, '1.0.0')).toMatchObject({ profiles: [], problems: [] });
  });

  it('passes over files beside the folders, and files in "policy" that are no JSON', async () => {
    write('notes.txt', 'x');
    write('alpha/policy/readme.md', 'x');
    expect(await read()).toEqual({ ids: ['alpha', 'beta'], problems: [] });
  });

  const breaks: [string, () => void, string, string][] = [
    [
      'a manifest that is no JSON',
      () => write('bad/manifest.json', '{'),
      'bad/manifest.json',
      '(whole file)',
    ],
    [
      'a manifest with a wrong field',
      () => {
        const manifest = JSON.parse(fixtureFiles('bad').manifest.text) as object;
        write('bad/manifest.json', JSON.stringify({ ...manifest, banner: 'loud' }));
      },
      'bad/manifest.json',
      'banner',
    ],
    [
      'a policy that is empty',
      () => write('bad/policy/2026-01.de.json', ''),
      'bad/policy/2026-01.de.json',
      '(whole file)',
    ],
    [
      'a policy with an unknown field',
      () => {
        const [first] = fixtureFiles('bad').policies;
        const policy = JSON.parse(first?.text ?? '') as { label: object };
        write(first?.file ?? '', JSON.stringify({ ...policy, label: { ...policy.label, x: 1 } }));
      },
      'bad/policy/2026-01.en.json',
      'label',
    ],
    [
      'a folder named otherwise than its service',
      () => {
        cpSync(path.join(temporary.folder, 'bad'), path.join(temporary.folder, 'wrong'), {
          recursive: true,
        });
        write(
          'bad/manifest.json',
          JSON.stringify({
            ...(JSON.parse(fixtureFiles('bad').manifest.text) as object),
            id: 'worse',
          }),
        );
      },
      'bad/manifest.json',
      'id',
    ],
  ];
  it.each(breaks)(
    'names %s by file and field, and the others still work',
    async (_, breakIt, file, field) => {
      writeService('bad');
      breakIt();
      const { ids, problems } = await read();
      expect(ids).toEqual(['alpha', 'beta']);
      expect(problems).toContainEqual(expect.objectContaining({ file, field }));
      for (const { message } of problems) expect(message).not.toBe('');
    },
  );

  it.each([
    ['no manifest', 'bad/policy/2026-01.en.json'],
    ['no folder of policies', 'bad/manifest.json'],
    ['neither', 'bad/other.txt'],
  ])('names a folder with %s', async (_, only) => {
    write(only, '{}');
    const { ids, problems } = await read();
    expect(ids).toEqual(['alpha', 'beta']);
    expect(problems).toEqual([
      { file: 'bad', field: '(whole folder)', message: expect.stringContaining('manifest.json') },
    ]);
  });

  it('says no machine path in any problem', async () => {
    mkdirSync(path.join(temporary.folder, 'bad/policy/2026-01.en.json'), { recursive: true });
    write('bad/manifest.json', '{}');
    const { problems } = await read();
    expect(problems).not.toEqual([]);
    expect(JSON.stringify(problems)).not.toContain(temporary.folder);
  });
});
