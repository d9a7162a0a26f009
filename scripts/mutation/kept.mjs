import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoreMissing, readJson, writeJson } from '../lib/files.mjs';
import { stateFolder } from '../lib/paths.mjs';

/**
 * @typedef {object} Measured a chunk's report by Stryker, kept on this clone until the chunk is measured again
 * @property {string} measuredAt RFC 3339
 * @property {any} report
 */

/**
 * @param {string} root
 * @param {string} name of the chunk
 */
function fileOf(root, name) {
  return join(stateFolder(root), 'mutation', `${name}.json`);
}

/**
 * @param {string} root
 * @param {string} name of the chunk
 * @param {Measured} measured
 */
export async function keepMeasured(root, name, measured) {
  await writeJson(fileOf(root, name), measured);
}

/**
 * What was last measured of a chunk. A report about files that have changed since says nothing about those that are here.
 *
 * @param {string} root
 * @param {import('./chunks.mjs').Chunk} chunk
 * @returns {Promise<Measured | null>}
 */
export async function keptMeasured(root, { name, mutate }) {
  const measured = await readJson(fileOf(root, name));
  if (!measured) return null;
  const same = mutate.map(async (file) => {
    const now = await readFile(join(root, file), 'utf8').catch(ignoreMissing(null));
    return now === measured.report.files[file]?.source;
  });
  return (await Promise.all(same)).every(Boolean) ? measured : null;
}
