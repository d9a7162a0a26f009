import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Hash of a file's content, read as a stream because some files here are larger than we want in memory.
 *
 * @param {string} file
 * @param {{ algorithm?: string, encoding?: import('node:crypto').BinaryToTextEncoding }} [options] sha256 in hexadecimal
 *   unless told otherwise
 * @returns {Promise<string>}
 * @throws where the file cannot be read
 */
export async function hashFile(file, { algorithm = 'sha256', encoding = 'hex' } = {}) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest(encoding);
}

/**
 * sha256 of texts, each with its length before it, so that moving a character from one to the next changes the result.
 *
 * @param {(string | Buffer)[]} parts
 * @returns {string} hexadecimal
 */
export function hashParts(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

/**
 * All files below a folder, sorted, so that two walks of equal trees give equal lists. A missing folder has no files.
 *
 * @param {string} folder
 * @param {(relativePath: string) => boolean} [skip] folders and files to leave out; paths have forward slashes
 * @returns {Promise<string[]>} paths relative to the folder, with forward slashes
 */
export async function listFiles(folder, skip = () => false) {
  /** @type {string[]} */
  const files = [];
  /** @param {string} relative */
  const walk = async (relative) => {
    for (const entry of await readdir(join(folder, relative), { withFileTypes: true }).catch(
      ignoreMissing([]),
    )) {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (skip(path)) continue;
      if (entry.isDirectory()) await walk(path);
      else files.push(path);
    }
  };
  await walk('');
  return files.sort();
}

/**
 * A handler for `catch` that turns "there is no such file" into a value and lets every other error through.
 *
 * @template T
 * @param {T} instead
 * @returns {(error: NodeJS.ErrnoException) => T}
 */
export function ignoreMissing(instead) {
  return (error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return instead;
    throw error;
  };
}

/**
 * Reads a JSON file that may be missing or damaged; both mean "nothing known".
 *
 * @param {string} file
 * @returns {Promise<any>} the value, or undefined
 */
export async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Writes a JSON file whole or not at all: a reader sees the old content or the new one, never a part.
 *
 * @param {string} file its folder is made if it is missing
 * @param {unknown} value
 */
export async function writeJson(file, value) {
  await writeWhole(file, async (temporary) => {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/**
 * Copies a file so that the destination appears whole or not at all. A process that has the old one open or mapped keeps it.
 *
 * @param {string} from
 * @param {string} to its folder is made if it is missing
 */
export async function copyWhole(from, to) {
  await writeWhole(to, (temporary) => copyFile(from, temporary));
}

/**
 * Lets `write` fill a temporary sibling and then moves it into place.
 *
 * @param {string} file
 * @param {(temporary: string) => Promise<void>} write
 */
async function writeWhole(file, write) {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    await write(temporary);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
