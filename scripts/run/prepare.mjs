import { ensureBuilt } from '../build/index.mjs';
import { exitCodeOf, runChild } from '../lib/child.mjs';
import { rootFolder } from '../lib/paths.mjs';
import { setUpForElectron } from '../setup/index.mjs';
import { withDesktop } from './desktop.mjs';

/**
 * @typedef {import('../lib/child.mjs').Run} Run
 * @typedef {import('../setup/electron.mjs').Electron} Electron
 */

/** Everything that a virtual desktop with a keychain of its own needs from the system. */
export const DESKTOP = /** @type {import('../setup/system-packages.mjs').Purpose[]} */ ([
  'display',
  'keychain',
]);

/**
 * Sets up what running the app needs and builds it if its sources have changed.
 *
 * @param {Run} run
 * @param {import('../setup/system-packages.mjs').Purpose[]} purposes what is needed from the system besides Electron's libraries
 * @returns {Promise<Electron>}
 * @throws {StepError} the first step that fails
 */
export async function prepareApp(run, purposes) {
  const electron = await setUpForElectron(run, purposes);
  await ensureBuilt(run);
  return electron;
}

/**
 * Runs a script with Node inside a virtual desktop with a keychain of its own. The script finds the Electron to drive in the
 * environment variable `SAYSO_ELECTRON_PATH`.
 *
 * @param {Run} run
 * @param {Electron} electron
 * @param {string[]} args script and its arguments, relative to the clone's folder
 * @returns {Promise<number>} its exit code
 */
export async function runInDesktop(run, electron, args) {
  return await withDesktop(run, { display: 'virtual', keychain: 'private' }, async ({ env }) => {
    const ending = await runChild(run, process.execPath, args, {
      cwd: rootFolder(),
      env: { ...env, SAYSO_ELECTRON_PATH: electron.executablePath },
      stdio: 'inherit',
    });
    return exitCodeOf(ending);
  });
}
