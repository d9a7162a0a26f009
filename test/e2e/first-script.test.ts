import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src-shared/text/languages.js';

/** What a window loads before it shows something: measured as it would travel, at the size agreed on. */
const FIRST_SCRIPT_BYTES = 28_346;

const folder = path.resolve(import.meta.dirname, '../../out/renderer');
const assets = readdirSync(path.join(folder, 'assets'));
const textOf = (file: string): string => readFileSync(path.join(folder, 'assets', file), 'utf8');

/** A script and what it cannot do without, each once. */
function withImports(files: readonly string[]): string[] {
  const found = new Set(files);
  // A set that grows while it is walked is walked to its new end.
  for (const file of found)
    for (const [, name = ''] of textOf(file).matchAll(/from\s*"\.\/([^"]+\.js)"/g)) found.add(name);
  return [...found];
}

test.for(LANGUAGES)('what comes before the first paint is small enough, in %s', (language) => {
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const first = [...page.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.js)"/g)].map(
    ([, file = '']) => file,
  );
  expect(first).toHaveLength(1);
  const sentences = assets.filter((file) => file.startsWith(`${language}.first-`));
  expect(sentences).toHaveLength(1);
  const bytes = withImports([...first, ...sentences])
    .map((file) => gzipSync(textOf(file), { level: 9 }).length)
    .reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeLessThanOrEqual(FIRST_SCRIPT_BYTES);
});

test('dialogs, pages and every further sentence come later', () => {
  const later = ['SyncDialog', 'HistoryPage', ...LANGUAGES.map((language) => `${language}.later`)];
  for (const name of later) expect(assets.some((file) => file.startsWith(`${name}-`))).toBe(true);
});
