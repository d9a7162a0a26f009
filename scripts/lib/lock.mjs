import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ignoreMissing } from './files.mjs';
import { isAlive, startTicks } from './process-identity.mjs';

/**
 * Runs work while holding a lock file, so that two commands (two clones with one cache, or `npm start` beside `npm test`)
 * do not do the same work at once. A lock whose process is gone is broken and taken over.
 *
 * @template T
 * @param {string} file the lock file; its folder is made if it is missing
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (pid: number) => void, pollMs?: number, signal?: AbortSignal | undefined }} [options] `onWait` is called once if
 *   another process holds the lock; `signal` ends the waiting
 * @returns {Promise<T>} what the work returned
 * @throws whatever the work throws, and an `AbortError` when `signal` ended the waiting
 */
export async function withLock(file, work, { onWait = () => {}, pollMs = 200, signal } = {}) {
  await mkdir(dirname(file), { recursive: true });
  const mine = JSON.stringify({
    pid: process.pid,
    start: startTicks(process.pid),
    token: randomBytes(8).toString('hex'),
  });
  let told = false;
  while (!(await take(file, mine))) {
    const holder = await readFile(file, 'utf8').catch(ignoreMissing(undefined));
    if (holder === undefined) continue;
    const pid = holderAlive(holder);
    if (pid === undefined) {
      if (!(await breakLock(file, holder, mine))) await pause(pollMs, undefined, { signal });
      continue;
    }
    if (!told) onWait(pid);
    told = true;
    await pause(pollMs, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    if ((await readFile(file, 'utf8').catch(ignoreMissing(''))) === mine)
      await rm(file, { force: true });
  }
}

/**
 * Tries to create the lock. The content is written first and then linked to the name, which fails if the name exists: so
 * a lock file that can be seen is always complete.
 *
 * @param {string} file
 * @param {string} mine
 * @returns {Promise<boolean>} whether the lock is ours now
 */
async function take(file, mine) {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, mine);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * @param {string} holder content of a lock file
 * @returns {number | undefined} id of the process that holds it, or undefined if that process is gone or the content is damaged
 */
function holderAlive(holder) {
  try {
    const { pid, start } = JSON.parse(holder);
    if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
    return start === undefined || start === startTicks(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Removes a lock that nobody holds any more. Between reading it and removing it somebody else may have removed it and taken a
 * new one; so only one at a time removes, under a lock for that alone, and looks once more before.
 *
 * @param {string} file
 * @param {string} stale the content that was found stale
 * @param {string} mine who we are
 * @returns {Promise<boolean>} false while another is at it
 */
async function breakLock(file, stale, mine) {
  const breaking = `${file}.breaking`;
  if (!(await take(breaking, mine))) {
    const breaker = await readFile(breaking, 'utf8').catch(ignoreMissing(undefined));
    // It died within this very step.
    if (breaker !== undefined && holderAlive(breaker) === undefined)
      await rm(breaking, { force: true });
    return false;
  }
  try {
    const found = await readFile(file, 'utf8').catch(ignoreMissing(undefined));
    if (found === stale) await rm(file, { force: true });
    return true;
  } finally {
    await rm(breaking, { force: true });
  }
}
