import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of this clone, found from where this file lies, so that commands work from any working directory.
 *
 * @returns {string} an absolute path
 */
export function rootFolder() {
  return dirname(dirname(dirname(fileURLToPath(import.meta.url))));
}

/**
 * The folder for things that are costly to make and the same for every clone (Electron, compiled binaries).
 *
 * @param {NodeJS.ProcessEnv} [env] environment to read; `SAYSO_CACHE` names the folder outright
 * @param {NodeJS.Platform} [platform]
 * @param {string} [home] the user's home folder
 * @returns {string} an absolute path; the folder need not exist yet
 */
export function cacheFolder(env = process.env, platform = process.platform, home = homedir()) {
  if (env.SAYSO_CACHE) return env.SAYSO_CACHE;
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'sayso');
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'sayso');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'sayso');
}

/**
 * The folder inside the clone for this clone's own working state: locks, the reference server's data. Git ignores it.
 *
 * @param {string} [root] folder of the clone
 * @returns {string} an absolute path; the folder need not exist yet
 */
export function stateFolder(root = rootFolder()) {
  return join(root, '.sayso');
}
