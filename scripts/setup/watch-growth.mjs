import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from '../lib/files.mjs';

/** A download that is alive writes to disk all the time; after this long without a byte more it is given up. */
export const STALL_MS = 30_000;

/**
 * Tells a download that stands still from one that is only slow, by the files it writes.
 *
 * @param {string[]} folders where it writes
 * @param {() => void} onStall called when nothing in them has grown for `STALL_MS`
 * @returns {NodeJS.Timeout} to be cleared when the download has ended
 */
export function watchGrowth(folders, onStall) {
  let size = 0;
  let grownAtMs = Date.now();
  return setInterval(async () => {
    const now = (await Promise.all(folders.map(sizeOf))).reduce((sum, bytes) => sum + bytes, 0);
    if (now !== size) grownAtMs = Date.now();
    else if (Date.now() - grownAtMs > STALL_MS) onStall();
    size = now;
  }, 1000);
}

/**
 * @param {string} folder
 * @returns {Promise<number>} size of all files below it, in bytes
 */
async function sizeOf(folder) {
  const files = await listFiles(folder).catch(() => []);
  const sizes = await Promise.all(
    files.map((file) =>
      stat(join(folder, file))
        .then((seen) => seen.size)
        .catch(() => 0),
    ),
  );
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
