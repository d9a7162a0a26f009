import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoreMissing } from './files.mjs';
import { withLock } from './lock.mjs';
import { checkManifest, writeManifest } from './manifest.mjs';
import { say } from './say.mjs';

/** Name of the file inside an entry that lists its files; it is written last, so an entry without it is unfinished. */
const STAMP = '.entry.json';

/**
 * A folder in the cache, made if it is missing or damaged. It is built in a temporary sibling, stamped with a list of its
 * files and moved into place in one step, so that neither an interrupted run nor a second one leaves half an entry.
 *
 * @param {object} options
 * @param {string} options.cache the cache folder
 * @param {string} options.name name of the entry: everything that its content depends on must be in it
 * @param {(folder: string) => Promise<unknown>} options.build fills the given empty folder; what it returns is kept as the
 *   entry's facts
 * @param {AbortSignal} [options.signal] ends the waiting for another process
 * @returns {Promise<{ folder: string, facts: any }>} the verified entry
 * @throws whatever `build` throws; then nothing is left in place
 */
export async function cacheEntry({ cache, name, build, signal }) {
  const folder = join(cache, name);
  const found = await checkManifest(folder, STAMP);
  if (found.ok) return { folder, facts: found.facts };
  /** @param {number} pid */
  const onWait = (pid) => say(`cache: waiting for process ${pid}, which is making ${name}`);
  return await withLock(
    join(cache, 'locks', `${name}.lock`),
    async () => {
      const again = await checkManifest(folder, STAMP);
      if (again.ok) return { folder, facts: again.facts };
      await removeSiblings(cache, `${name}.building-`);
      if (!again.missing) {
        say(`cache: ${name} is damaged (${again.reason}); setting it aside and making it anew`);
        await setAside(cache, name);
      }
      const temporary = join(cache, `${name}.building-${process.pid}`);
      try {
        await mkdir(temporary, { recursive: true });
        const facts = await build(temporary);
        await writeManifest(temporary, STAMP, facts);
        await rename(temporary, folder);
        await removeSiblings(cache, `${name}.damaged-`);
        return { folder, facts };
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
    },
    { onWait, signal },
  );
}

/**
 * Declares an entry unusable, for faults that only show in use; the next `cacheEntry` makes it anew.
 *
 * @param {string} cache
 * @param {string} name
 */
export async function setAside(cache, name) {
  await rename(join(cache, name), join(cache, `${name}.damaged-${Date.now()}`)).catch(
    ignoreMissing(undefined),
  );
}

/**
 * Removes what earlier runs left beside an entry. Called with the entry's lock held, so nobody is still writing there.
 *
 * @param {string} cache
 * @param {string} prefix
 */
async function removeSiblings(cache, prefix) {
  for (const sibling of await readdir(cache).catch(ignoreMissing([]))) {
    if (sibling.startsWith(prefix))
      await rm(join(cache, sibling), { recursive: true, force: true });
  }
}
