import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readChunks, testsLeftOut } from '../../../scripts/mutation/chunks.mjs';
import { keepMeasured, keptMeasured } from '../../../scripts/mutation/kept.mjs';
import { temporaryFolder } from './temporary.js';

const CHUNK = {
  name: 'one',
  mutate: ['src-shared/consent/a.ts', 'src-shared/ledger/b.ts'],
  tests: ['test/unit/a'],
};

let folder = '';

function write(file: string, text: string): void {
  const whole = path.join(folder, file);
  mkdirSync(path.dirname(whole), { recursive: true });
  writeFileSync(whole, text);
}

const listing = (...chunks: object[]) => {
  write('test/mutation/chunks.json', JSON.stringify(chunks));
};

beforeEach(async () => {
  folder = await temporaryFolder();
  for (const file of CHUNK.mutate) write(file, 'now');
});

describe('the chunks of the mutation score', () => {
  it('name every file of the rules once', async () => {
    listing(CHUNK);
    expect(await readChunks(folder)).toEqual([CHUNK]);
  });

  it.each([
    ['is in none', { ...CHUNK, mutate: CHUNK.mutate.slice(1) }],
    ['is in one twice', { ...CHUNK, mutate: [...CHUNK.mutate, 'src-shared/consent/a.ts'] }],
  ])('are refused where a file %s', async (_, chunk) => {
    listing(chunk);
    await expect(readChunks(folder)).rejects.toThrow('src-shared/consent/a.ts.');
  });

  it('are refused where a file is gone', async () => {
    listing({ ...CHUNK, mutate: [...CHUNK.mutate, 'src-shared/consent/gone.ts'] });
    await expect(readChunks(folder)).rejects.toThrow('src-shared/consent/gone.ts.');
  });

  it('have run each of their test files', async () => {
    for (const name of ['a', 'ab', 'b']) write(`test/unit/${name}.test.ts`, '');
    write('test/unit/a.ts', '');
    const report = (...files: string[]) => ({
      testFiles: Object.fromEntries(files.map((file) => [file, {}])),
    });
    const left = (...files: string[]) => testsLeftOut(folder, CHUNK, report(...files));
    expect(await left('test/unit/a.test.ts', 'test/unit/ab.test.ts')).toEqual([]);
    expect(await left('test/unit/ab.test.ts')).toEqual(['test/unit/a.test.ts']);
  });
});

describe('what was measured of a chunk', () => {
  const measured = {
    measuredAt: '2026-11-22T07:00:00.000Z',
    report: { files: Object.fromEntries(CHUNK.mutate.map((file) => [file, { source: 'now' }])) },
  };

  it('counts as long as its files stay as they were', async () => {
    expect(await keptMeasured(folder, CHUNK)).toBeNull();
    await keepMeasured(folder, CHUNK.name, measured);
    expect(await keptMeasured(folder, CHUNK)).toEqual(measured);
    write('src-shared/ledger/b.ts', 'then');
    expect(await keptMeasured(folder, CHUNK)).toBeNull();
  });

  it('does not count for a file that was not in it', async () => {
    await keepMeasured(folder, CHUNK.name, measured);
    const wider = { ...CHUNK, mutate: [...CHUNK.mutate, 'src-shared/ledger/gone.ts'] };
    expect(await keptMeasured(folder, wider)).toBeNull();
  });
});
