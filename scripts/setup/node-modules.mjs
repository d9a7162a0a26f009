import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { capture, describeEnding, head } from '../lib/child.mjs';
import { hashParts, ignoreMissing, readJson, writeJson } from '../lib/files.mjs';
import { npmCommand } from '../lib/npm.mjs';
import { say, withProgress } from '../lib/say.mjs';
import { StepError } from '../lib/step-error.mjs';
import { differences } from './installed-tree.mjs';

const STEP = 'node_modules';

/**
 * Makes sure that node_modules holds exactly what package-lock.json names. A stamp says which lock it was installed from, so
 * that npm need not even be started when nothing has changed.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string} root folder of the clone
 * @returns {Promise<void>}
 * @throws {StepError} where npm fails
 */
export async function ensureNodeModules(run, root) {
  const lockText = await readFile(join(root, 'package-lock.json'), 'utf8').catch(
    ignoreMissing(undefined),
  );
  if (lockText === undefined)
    throw new StepError(
      STEP,
      'package-lock.json is missing.',
      'Restore it: git checkout package-lock.json',
    );
  const stampFile = join(root, 'node_modules', '.sayso-stamp.json');
  const wanted = await stampFor(root, lockText);
  const stamp = await readJson(stampFile);
  // A tree that somebody else's npm installed from the same lock is as good as ours, unless it was made for other settings.
  const wrong =
    stamp && stamp.settings !== wanted.settings
      ? 'installed for another system, Node version or .npmrc'
      : await findWrong(root, lockText);
  if (!wrong) {
    if (stamp?.lock !== wanted.lock) await writeJson(stampFile, wanted);
    return;
  }
  say(`node_modules: ${wrong}`);
  const npm = npmCommand();
  const args = [
    'ci',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const ending = await withProgress('node_modules: npm ci', () =>
    capture(run, npm.command, [...npm.args, ...args], { cwd: root }),
  );
  if (ending.code !== 0) {
    const output = `${ending.stdout}${ending.stderr}`;
    throw new StepError(STEP, `npm ci: ${describeEnding(ending)}\n${head(output)}`, advice(output));
  }
  const left = await findWrong(root, lockText);
  if (left)
    throw new StepError(
      STEP,
      `npm ci succeeded, but ${left}.`,
      'Delete node_modules and run the command again.',
    );
  await writeJson(stampFile, wanted);
}

/**
 * @param {string} output of npm
 * @returns {string} what to do about its error
 */
export function advice(output) {
  if (/code EUSAGE/.test(output)) {
    return 'package.json and package-lock.json do not fit together: restore them from git, or run npm install --package-lock-only.';
  }
  return 'Check that the npm registry can be reached (npm ping), then run the command again.';
}

/**
 * What decides which files npm installs: the lock file, and the settings it is read under.
 *
 * @param {string} root
 * @param {string} lockText
 * @returns {Promise<{ lock: string, settings: string }>} a hash of each
 */
async function stampFor(root, lockText) {
  const npmrc = await readFile(join(root, '.npmrc'), 'utf8').catch(ignoreMissing(''));
  const settings = hashParts([
    npmrc,
    process.versions.node.replace(/\..*/, ''),
    process.platform,
    process.arch,
  ]);
  return { lock: hashParts([lockText]), settings };
}

/**
 * @param {string} root
 * @param {string} lockText
 * @returns {Promise<string | undefined>} what is wrong with node_modules, or undefined
 */
async function findWrong(root, lockText) {
  const installed = await readJson(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return 'nothing is installed yet';
  const different = differences(JSON.parse(lockText).packages, installed.packages);
  if (different.length > 0) return `not what package-lock.json names: ${summary(different)}`;
  const present = await Promise.all(
    Object.entries(installed.packages).map(async ([path, entry]) =>
      /** @type {any} */ (entry).link ||
      (await stat(join(root, path, 'package.json')).catch(() => undefined))
        ? ''
        : path,
    ),
  );
  const missing = present.filter(Boolean);
  return missing.length > 0 ? `missing from the disk: ${summary(missing)}` : undefined;
}

/**
 * @param {string[]} paths
 * @returns {string} the first few, and how many more there are
 */
function summary(paths) {
  const names = paths.slice(0, 3).map((path) => path.replace(/^node_modules\//, ''));
  return names.join(', ') + (paths.length > 3 ? ` and ${paths.length - 3} more` : '');
}
