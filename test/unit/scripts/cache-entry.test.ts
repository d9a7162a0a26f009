import { chmod, mkdir, readFile, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { cacheEntry, setAside } from '../../../scripts/lib/cache-entry.mjs';
import { temporaryFolder } from './temporary.js';

/** A cache with one finished entry, and a builder that counts how often it is asked. */
async function finishedEntry() {
  const cache = await temporaryFolder();
  const build = vi.fn(async (folder: string) => {
    await mkdir(join(folder, 'inside'));
    await writeFile(join(folder, 'tool'), 'a program', { mode: 0o755 });
    await writeFile(join(folder, 'inside', 'data'), 'some data');
    return { version: '1.0' };
  });
  const use = () => cacheEntry({ cache, name: 'entry', build });
  const { folder } = await use();
  expect(build).toHaveBeenCalledTimes(1);
  return { cache, folder, build, use };
}

const said = vi.spyOn(process.stderr, 'write');
beforeEach(() => said.mockReset().mockReturnValue(true));

test('a whole entry is used as it is, with its facts', async () => {
  const { folder, build, use } = await finishedEntry();
  expect(await use()).toEqual({ folder, facts: { version: '1.0' } });
  expect(build).toHaveBeenCalledTimes(1);
  expect(said).not.toHaveBeenCalled();
});

const data = (folder: string) => join(folder, 'inside', 'data');

test.each<[string, RegExp, (folder: string) => Promise<unknown>]>([
  ['a truncated file', /has 3 bytes instead of 9/, (folder) => truncate(data(folder), 3)],
  [
    'a flipped byte',
    /content of inside\/data was changed/,
    (folder) => writeFile(data(folder), 'sXme data'),
  ],
  ['a missing file', /inside\/data is missing/, (folder) => rm(data(folder))],
  [
    'a lost permission',
    /tool has other permissions/,
    (folder) => chmod(join(folder, 'tool'), 0o644),
  ],
  ['a missing stamp', /list of files is missing/, (folder) => rm(join(folder, '.entry.json'))],
  [
    'a half-written stamp',
    /list of files is missing/,
    (folder) => truncate(join(folder, '.entry.json'), 40),
  ],
  [
    'an emptied entry',
    /list of files is missing/,
    (folder) => rm(folder, { recursive: true }).then(() => mkdir(folder)),
  ],
])('%s is noticed, said and made anew', async (_name, reason, damage) => {
  const { cache, folder, build, use } = await finishedEntry();
  // Written in another millisecond than the original, as any later damage is.
  await new Promise((resolve) => setTimeout(resolve, 5));
  await damage(folder);
  expect(await use()).toEqual({ folder, facts: { version: '1.0' } });
  expect(build).toHaveBeenCalledTimes(2);
  expect(said.mock.calls.join('')).toMatch(reason);
  expect(await readFile(data(folder), 'utf8')).toBe('some data');
  expect((await readdir(cache)).sort()).toEqual(['entry', 'locks']);
});

test('a stamp with a changed hash is noticed', async () => {
  const { folder, build, use } = await finishedEntry();
  const stamp = join(folder, '.entry.json');
  await writeFile(
    stamp,
    (await readFile(stamp, 'utf8')).replace('"version": "1.0"', '"version": "6.6"'),
  );
  await use();
  expect(build).toHaveBeenCalledTimes(2);
});

test('a file with another time but the right content is good, and is not read again', async () => {
  const { folder, build, use } = await finishedEntry();
  await utimes(data(folder), 1, 1);
  await use();
  expect(build).toHaveBeenCalledTimes(1);
  expect(await readFile(join(folder, '.entry.json'), 'utf8')).toContain('"mtimeMs": 1000,');
});

test('what an interrupted run has left is removed, and is never used', async () => {
  const { cache, folder, use } = await finishedEntry();
  await rm(folder, { recursive: true });
  await mkdir(join(cache, 'entry.building-4711'));
  await writeFile(join(cache, 'entry.building-4711', 'tool'), 'half a prog');
  await use();
  expect(await readFile(join(folder, 'tool'), 'utf8')).toBe('a program');
  expect((await readdir(cache)).sort()).toEqual(['entry', 'locks']);
});

test('a builder that fails leaves nothing in place', async () => {
  const cache = await temporaryFolder();
  const build = async (folder: string) => {
    await writeFile(join(folder, 'half'), 'half');
    throw new Error('no network');
  };
  await expect(cacheEntry({ cache, name: 'entry', build })).rejects.toThrow('no network');
  expect(await readdir(cache)).toEqual(['locks']);
});

test('several users at once get one entry, built once', async () => {
  const { folder, build, use } = await finishedEntry();
  await rm(folder, { recursive: true });
  const results = await Promise.all([use(), use(), use()]);
  expect(new Set(results.map((result) => result.folder))).toEqual(new Set([folder]));
  expect(build).toHaveBeenCalledTimes(2);
});

test('an entry set aside is made anew', async () => {
  const { cache, build, use } = await finishedEntry();
  await setAside(cache, 'entry');
  await use();
  expect(build).toHaveBeenCalledTimes(2);
  expect((await readdir(cache)).sort()).toEqual(['entry', 'locks']);
});
