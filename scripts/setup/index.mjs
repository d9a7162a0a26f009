import { join } from 'node:path';
import { withLock } from '../lib/lock.mjs';
import { cacheFolder, rootFolder, stateFolder } from '../lib/paths.mjs';
import { say } from '../lib/say.mjs';
import { ensureSqlite, mustCompile } from './better-sqlite3.mjs';
import { ensureElectron } from './electron.mjs';
import { ensureSystemPackages } from './install-system-packages.mjs';
import { ensureNodeModules } from './node-modules.mjs';

/**
 * @typedef {import('../lib/child.mjs').Run} Run
 * @typedef {import('./system-packages.mjs').Purpose} Purpose
 * @typedef {import('./electron.mjs').Electron} Electron
 */

/**
 * Sets up what running Electron needs. Every step looks first and acts only where something is missing or broken, so a
 * second call is quick and needs no network.
 *
 * @param {Run} run
 * @param {Purpose[]} purposes what else the command needs from the system besides Electron's own libraries
 * @returns {Promise<Electron>}
 * @throws {StepError} the first step that fails
 */
export async function setUpForElectron(run, purposes) {
  return await oneAtATime(run, async (root, cache) => {
    await ensureNodeModules(run, root);
    await ensureSystemPackages(run, ['electron', ...purposes]);
    const electron = await ensureElectron(run, root, cache);
    await ensureSqliteCompilable(run, [Number(process.versions.napi), electron.nodeApi]);
    await ensureSqlite(run, root, cache, electron);
    return electron;
  });
}

/**
 * Sets up what code running in Node alone needs, such as the reference server: nothing of a desktop.
 *
 * @param {Run} run
 * @returns {Promise<void>}
 * @throws {StepError} the first step that fails
 */
export async function setUpForNode(run) {
  await oneAtATime(run, async (root, cache) => {
    await ensureNodeModules(run, root);
    await ensureSqliteCompilable(run, [Number(process.versions.napi)]);
    await ensureSqlite(run, root, cache);
  });
}

/**
 * Sets up what tools that only read the sources need.
 *
 * @param {Run} run
 * @returns {Promise<void>}
 * @throws {StepError} where npm fails
 */
export async function setUpForTools(run) {
  await oneAtATime(run, async (root) => await ensureNodeModules(run, root));
}

/**
 * @param {Run} run
 * @param {number[]} nodeApis
 */
async function ensureSqliteCompilable(run, nodeApis) {
  if (mustCompile(nodeApis)) await ensureSystemPackages(run, ['compiler']);
}

/**
 * Two commands in one clone would both run npm in the same node_modules: the second waits for the first.
 *
 * @template T
 * @param {Run} run
 * @param {(root: string, cache: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function oneAtATime(run, work) {
  const root = rootFolder();
  return await withLock(join(stateFolder(root), 'setup.lock'), () => work(root, cacheFolder()), {
    onWait: (pid) => say(`setup: waiting for process ${pid}, which is setting up this clone`),
    signal: run.signal,
  });
}
