import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashParts, listFiles } from '../lib/files.mjs';

/** Files in the clone's own folder that decide what a build makes; the sources are named by `isSourceFolder`. */
const CONFIGURATION =
  /^(electron\.config\.ts|vite\.server\.config\.ts|svelte\.config\.js|tsconfig.*\.json|package\.json|package-lock\.json)$/;

/** Made by the build inside the sources, so they are results and not causes. */
const GENERATED = 'src-shared/text/generated';

/**
 * @param {string} name of a folder in the clone
 * @returns {boolean} whether it holds sources of the build
 */
function isSourceFolder(name) {
  return name.startsWith('src-') || name === 'resources' || name === 'project.inlang';
}

/**
 * Hash of everything that a build is made from: names and contents.
 *
 * @param {string} root folder of the clone
 * @returns {Promise<string>}
 */
export async function hashSources(root) {
  const names = await readdir(root);
  const files = ['scripts/messages.mjs', ...names.filter((name) => CONFIGURATION.test(name))];
  for (const folder of names.filter(isSourceFolder)) {
    const inside = await listFiles(join(root, folder), (path) => `${folder}/${path}` === GENERATED);
    files.push(...inside.map((path) => `${folder}/${path}`));
  }
  files.sort();
  const contents = await Promise.all(
    files.map((file) => readFile(join(root, file)).catch(() => '')),
  );
  return hashParts(files.flatMap((file, index) => [file, contents[index] ?? '']));
}

/**
 * What a build has made, so that a result deleted or cut short later is noticed.
 *
 * @param {string} root folder of the clone
 * @returns {Promise<Record<string, number>>} size in bytes of each file
 */
export async function listResults(root) {
  const built = (await listFiles(join(root, 'out'), (path) => path === '.build-stamp.json')).map(
    (path) => `out/${path}`,
  );
  const generated = (await listFiles(join(root, GENERATED))).map((path) => `${GENERATED}/${path}`);
  const files = [...built, ...generated];
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(root, file))).size));
  return Object.fromEntries(files.map((file, index) => [file, sizes[index] ?? 0]));
}

/**
 * @param {any} stamp what was noted after the last build
 * @param {string} sources hash of the sources now
 * @param {Record<string, number>} results what lies there now
 * @returns {boolean} whether the last build was made from these sources and is still whole
 */
export function isUpToDate(stamp, sources, results) {
  if (stamp?.sources !== sources || typeof stamp.results !== 'object') return false;
  return Object.entries(stamp.results).every(([file, size]) => results[file] === size);
}
