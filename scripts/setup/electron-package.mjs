import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { capture, describeEnding } from '../lib/child.mjs';
import { readJson, writeJson } from '../lib/files.mjs';
import { checkManifest, writeManifest } from '../lib/manifest.mjs';
import { say, withProgress } from '../lib/say.mjs';
import { STALL_MS, watchGrowth } from './watch-growth.mjs';
import { askVersions } from './versions.mjs';

/** @typedef {import('../lib/child.mjs').Run} Run */

/** Even a slow download ends within this time. */
const TIMEOUT_MS = 20 * 60_000;

/** How long a failed download is remembered, so that it does not cost time at each start. */
const REMEMBER_MS = 24 * 60 * 60_000;

/** Name of the list of files inside the unpacked distribution. */
const STAMP = '.sayso-entry.json';

/**
 * Provides the Electron that the `electron` package in node_modules downloads for itself.
 *
 * @param {Run} run
 * @param {string} root folder of the clone
 * @param {string} cache the cache folder, where the downloaded archive is kept for other clones
 * @param {boolean} tryAgain try the download even if it failed a short while ago
 * @returns {Promise<{ executablePath: string, electronVersion: string, nodeApi: number } | { failure: string }>}
 * @throws {StepError} where the downloaded Electron does not start
 */
export async function ensureElectronPackage(run, root, cache, tryAgain) {
  const folder = join(root, 'node_modules', 'electron');
  const dist = join(folder, 'dist');
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const found = await checkManifest(dist, STAMP);
  if (found.ok && found.facts.electronVersion === version)
    return { executablePath: await executableIn(folder), ...found.facts };
  if (!found.ok && !found.missing) {
    if (await isUnstamped(dist, version)) return await proveAndStamp(run, folder);
    say(`Electron: node_modules/electron/dist is damaged (${found.reason}); making it anew`);
  }
  const memory = join(cache, 'electron-download-failed.json');
  const remembered = await readJson(memory);
  if (!tryAgain && isFresh(remembered, version, Date.now())) return { failure: remembered.reason };
  await rm(dist, { recursive: true, force: true });
  const failure = await withProgress(`Electron: downloading ${version}`, () =>
    download(run, folder, cache),
  ).catch((error) => {
    run.signal.throwIfAborted();
    return error.message;
  });
  if (failure) {
    await writeJson(memory, { version, atMs: Date.now(), reason: failure });
    return { failure };
  }
  await rm(memory, { force: true });
  return await proveAndStamp(run, folder);
}

/**
 * @param {string} dist folder of the unpacked distribution
 * @param {string} version the version wanted
 * @returns {Promise<boolean>} whether it is what the package's installer made without us, with no list of files yet
 */
async function isUnstamped(dist, version) {
  const text = await readFile(join(dist, 'version'), 'utf8').catch(() => '');
  return text.trim().replace(/^v/, '') === version && !existsSync(join(dist, STAMP));
}

/**
 * @param {Run} run
 * @param {string} folder of the package, with a complete distribution inside
 * @returns {Promise<{ executablePath: string } & import('./versions.mjs').Versions>}
 * @throws {StepError} where it does not start
 */
async function proveAndStamp(run, folder) {
  const executablePath = await executableIn(folder);
  const versions = await askVersions(run, executablePath);
  await writeManifest(join(folder, 'dist'), STAMP, versions);
  return { executablePath, ...versions };
}

/**
 * @param {any} remembered content of the file that remembers a failure
 * @param {string} version the version wanted now
 * @param {number} nowMs
 * @returns {boolean} whether it speaks of this version and is recent; a time in the future is a clock that was wrong
 */
export function isFresh(remembered, version, nowMs) {
  const ageMs = nowMs - remembered?.atMs;
  return remembered?.version === version && ageMs >= 0 && ageMs < REMEMBER_MS;
}

/**
 * Runs the package's own installer. It downloads into the temporary folder, which is one of ours here, so that a download
 * that stands still can be told from one that is only slow.
 *
 * @param {Run} run
 * @param {string} folder of the package
 * @param {string} cache
 * @returns {Promise<void>}
 * @throws with the reason, in one line
 */
async function download(run, folder, cache) {
  const archives = join(cache, 'electron-archives');
  await mkdir(archives, { recursive: true });
  const temporary = await mkdtemp(join(cache, 'electron-download-'));
  const stalled = new AbortController();
  const watch = watchGrowth([temporary, join(folder, 'dist')], () =>
    stalled.abort(new Error(`no data for ${STALL_MS / 1000} s`)),
  );
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    TMPDIR: temporary,
    TMP: temporary,
    TEMP: temporary,
    electron_config_cache: archives,
  };
  delete env.ELECTRON_OVERRIDE_DIST_PATH;
  try {
    const signal = AbortSignal.any([run.signal, stalled.signal]);
    const ending = await capture(
      { ...run, signal },
      process.execPath,
      [join(folder, 'install.js')],
      { env, timeoutMs: TIMEOUT_MS },
    );
    if (ending.code !== 0) throw new Error(reasonIn(ending.stderr) ?? describeEnding(ending));
  } finally {
    clearInterval(watch);
    await rm(temporary, { recursive: true, force: true });
  }
}

/**
 * @param {string} output what the installer wrote
 * @returns {string | undefined} the line that names the error
 */
function reasonIn(output) {
  const lines = output.split('\n').map((line) => line.trim());
  return (
    lines.find((line) => /\bE[A-Z]{5,}\b/.test(line)) ??
    lines.find((line) => /error|status/i.test(line))
  );
}

/**
 * @param {string} folder of the `electron` package
 * @returns {Promise<string>} path of the executable, as the package's installer noted it
 */
async function executableIn(folder) {
  return join(folder, 'dist', await readFile(join(folder, 'path.txt'), 'utf8'));
}
