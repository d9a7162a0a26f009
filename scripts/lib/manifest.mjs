import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile, hashParts, listFiles, readJson, writeJson } from './files.mjs';

/**
 * @typedef {{ path: string, size: number, mode: number, mtimeMs: number, sha256: string }} ListedFile one file: path relative
 *   to the folder, size in bytes, permission bits, time of last change, hash of its content
 * @typedef {{ ok: true, facts: any } | { ok: false, missing: boolean, reason: string }} Check `missing` tells a folder that
 *   is not there at all from one that is damaged
 */

/**
 * Lists a folder's files in a stamp file inside it. Contents are forced to disk first, so that after a power failure a stamp
 * never vouches for files that were not written.
 *
 * @param {string} folder
 * @param {string} stampName name of the stamp file inside the folder
 * @param {unknown} facts anything that should be known about the folder without looking into it
 */
export async function writeManifest(folder, stampName, facts) {
  /** @type {ListedFile[]} */
  const files = [];
  for (const path of await listFiles(folder, (name) => name === stampName)) {
    await forceToDisk(join(folder, path));
    const seen = await look(join(folder, path));
    if (!seen) throw new Error(`${path} vanished while it was being listed`);
    files.push({ path, ...seen, sha256: await hashFile(join(folder, path)) });
  }
  await writeStamp(join(folder, stampName), files, facts);
}

/**
 * Checks a folder against its stamp. Sizes, permissions and times are compared each time; contents are read only where a
 * time differs, and if they are right after all the stamp is refreshed.
 *
 * @param {string} folder
 * @param {string} stampName
 * @returns {Promise<Check>}
 */
export async function checkManifest(folder, stampName) {
  if (!(await look(folder))) return { ok: false, missing: true, reason: 'it does not exist' };
  const stampFile = join(folder, stampName);
  const stamp = await readJson(stampFile);
  if (!stamp) return damaged('its list of files is missing or unreadable');
  const { sum, files, facts } = stamp;
  if (sum !== sumOf(files, facts)) return damaged('its list of files was changed');
  let refresh = false;
  for (const file of /** @type {ListedFile[]} */ (files)) {
    const seen = await look(join(folder, file.path));
    if (!seen) return damaged(`${file.path} is missing`);
    if (seen.size !== file.size)
      return damaged(`${file.path} has ${seen.size} bytes instead of ${file.size}`);
    if (seen.mode !== file.mode) return damaged(`${file.path} has other permissions`);
    if (seen.mtimeMs === file.mtimeMs) continue;
    if ((await hashFile(join(folder, file.path))) !== file.sha256)
      return damaged(`the content of ${file.path} was changed`);
    file.mtimeMs = seen.mtimeMs;
    refresh = true;
  }
  // A cache that may be read but not written is still good; then the contents are read again next time.
  if (refresh) await writeStamp(stampFile, files, facts).catch(() => {});
  return { ok: true, facts };
}

/**
 * @param {string} reason
 * @returns {Check}
 */
function damaged(reason) {
  return { ok: false, missing: false, reason };
}

/**
 * @param {string} stampFile
 * @param {ListedFile[]} files
 * @param {unknown} facts
 */
async function writeStamp(stampFile, files, facts) {
  await writeJson(stampFile, { sum: sumOf(files, facts), facts, files });
}

/**
 * @param {unknown} files
 * @param {unknown} facts
 * @returns {string} hash over the stamp's own content
 */
function sumOf(files, facts) {
  return hashParts([JSON.stringify(files ?? null), JSON.stringify(facts ?? null)]);
}

/**
 * @param {string} path
 * @returns {Promise<{ size: number, mode: number, mtimeMs: number } | undefined>} undefined where there is nothing
 */
async function look(path) {
  const seen = await stat(path).catch(() => undefined);
  return seen && { size: seen.size, mode: seen.mode & 0o777, mtimeMs: seen.mtimeMs };
}

/** @param {string} file */
async function forceToDisk(file) {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } catch {
    // Some systems refuse to sync a file opened for reading; the check on use catches what is lost then.
  } finally {
    await handle.close();
  }
}
