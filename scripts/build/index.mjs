import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { capture, describeEnding, tail } from '../lib/child.mjs';
import { readJson, writeJson } from '../lib/files.mjs';
import { withLock } from '../lib/lock.mjs';
import { rootFolder, stateFolder } from '../lib/paths.mjs';
import { say, withProgress } from '../lib/say.mjs';
import { StepError } from '../lib/step-error.mjs';
import { hashSources, isUpToDate, listResults } from './stamp.mjs';

/** @typedef {import('../lib/child.mjs').Run} Run */

/**
 * Builds the app and the reference server into `out/`, unless what is there was made from the same sources.
 *
 * @param {Run} run
 * @param {string} [root] folder of the clone
 * @returns {Promise<boolean>} whether anything had to be built
 * @throws {StepError} with the output of the builder that failed
 */
export async function ensureBuilt(run, root = rootFolder()) {
  const stampFile = join(root, 'out', '.build-stamp.json');
  const isCurrent = async () =>
    isUpToDate(await readJson(stampFile), await hashSources(root), await listResults(root));
  if (await isCurrent()) return false;
  return await withLock(
    join(stateFolder(root), 'build.lock'),
    async () => {
      if (await isCurrent()) return false;
      await rm(stampFile, { force: true });
      // Hashed before building: sources that change meanwhile then count as newer than the build.
      const sources = await hashSources(root);
      await withProgress('build', async () => {
        for (const step of stepsOf(root)) await runStep(run, root, step);
      });
      await writeJson(stampFile, { sources, results: await listResults(root) });
      return true;
    },
    {
      onWait: (pid) => say(`build: waiting for process ${pid}, which is building this clone`),
      signal: run.signal,
    },
  );
}

/**
 * Writes the texts of all languages as modules; the type check needs them, and they are not in git.
 *
 * @param {Run} run
 * @param {string} [root] folder of the clone
 */
export async function ensureMessages(run, root = rootFolder()) {
  for (const step of stepsOf(root).filter(([name]) => name === 'messages'))
    await runStep(run, root, step);
}

/**
 * @param {string} root
 * @returns {[name: string, ...args: string[]][]} the builders in order, each with the arguments that Node runs it by
 */
function stepsOf(root) {
  const modules = join(root, 'node_modules');
  const messages = join(root, 'scripts', 'messages.mjs');
  return [
    ...(existsSync(messages) ? [/** @type {[string, string]} */ (['messages', messages])] : []),
    [
      'app',
      join(modules, 'electron-vite', 'bin', 'electron-vite.js'),
      'build',
      '--config',
      'electron.config.ts',
    ],
    [
      'server',
      join(modules, 'vite', 'bin', 'vite.js'),
      'build',
      '--config',
      'vite.server.config.ts',
    ],
  ];
}

/**
 * @param {Run} run
 * @param {string} root
 * @param {[name: string, ...args: string[]]} step
 */
async function runStep(run, root, [name, ...args]) {
  const ending = await capture(run, process.execPath, args, { cwd: root });
  if (ending.code === 0) return;
  throw new StepError(
    'Build',
    `${name}: ${describeEnding(ending)}\n${tail(ending.stdout + ending.stderr, 40)}`,
  );
}
