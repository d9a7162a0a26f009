import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { hashSources, isUpToDate, listResults } from '../../../scripts/build/stamp.mjs';
import { temporaryFolder } from './temporary.js';

async function put(root: string, file: string, content: string) {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), content);
}

async function smallClone() {
  const root = await temporaryFolder();
  await put(root, 'src-main/index.ts', 'main');
  await put(root, 'src-shared/text/hello.ts', 'hello');
  await put(root, 'resources/locales/en.json', '{}');
  await put(root, 'package.json', '{}');
  await put(root, 'README.md', 'read me');
  return root;
}

test.each([
  ['a source', 'src-main/index.ts'],
  ['a new source', 'src-shared/new.ts'],
  ['a new folder of sources', 'src-new/index.ts'],
  ['a resource', 'resources/locales/en.json'],
  ['the build configuration', 'electron.config.ts'],
  ['the server build configuration', 'vite.server.config.ts'],
  ['the compiler options', 'tsconfig.web.json'],
  ['the packages', 'package-lock.json'],
  ['the maker of messages', 'scripts/messages.mjs'],
])('%s changes the hash', async (_name, file) => {
  const root = await smallClone();
  const before = await hashSources(root);
  await put(root, file, 'changed');
  expect(await hashSources(root)).not.toBe(before);
});

test.each([
  ['a document', 'README.md'],
  ['a test', 'test/unit/some.test.ts'],
  ['a result', 'out/main/index.js'],
  ['generated messages', 'src-shared/text/generated/en.js'],
])('%s does not change the hash', async (_name, file) => {
  const root = await smallClone();
  const before = await hashSources(root);
  await put(root, file, 'changed');
  expect(await hashSources(root)).toBe(before);
});

test('moving text from one file to another changes the hash', async () => {
  const root = await temporaryFolder();
  await put(root, 'src-main/a.ts', 'one two');
  await put(root, 'src-main/b.ts', '');
  const before = await hashSources(root);
  await put(root, 'src-main/a.ts', 'one');
  await put(root, 'src-main/b.ts', ' two');
  expect(await hashSources(root)).not.toBe(before);
});

test('a build is up to date while its sources and results are the same', async () => {
  const root = await smallClone();
  await put(root, 'out/main/index.js', 'built');
  await put(root, 'src-shared/text/generated/en.js', 'texts');
  const stamp = { sources: await hashSources(root), results: await listResults(root) };
  const isCurrent = async () => isUpToDate(stamp, await hashSources(root), await listResults(root));
  expect(await isCurrent()).toBe(true);
  await put(root, 'out/main/index.js', 'bui');
  expect(await isCurrent()).toBe(false);
  await put(root, 'out/main/index.js', 'built');
  await rm(join(root, 'src-shared/text/generated'), { recursive: true });
  expect(await isCurrent()).toBe(false);
});

test.each([[undefined], [{}], [{ sources: 'same' }]])('a stamp %j says nothing', (stamp) => {
  expect(isUpToDate(stamp, 'same', {})).toBe(false);
});
