import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodeOf, runChild } from '../lib/child.mjs';
import { readJson } from '../lib/files.mjs';
import { rootFolder } from '../lib/paths.mjs';
import { countVitest } from './counts.mjs';

/**
 * Runs Vitest, shows its output as it comes, and counts its tests.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string} executable Node, or an Electron that `env` makes act as Node
 * @param {string[]} args for Vitest, after its `run`
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function runVitest(run, executable, args, env) {
  const root = rootFolder();
  const folder = await mkdtemp(join(tmpdir(), 'sayso-vitest-'));
  const report = join(folder, 'report.json');
  try {
    const script = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const ending = await runChild(run, executable, [script, 'run', ...args, ...reporters], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return countVitest(await readJson(report), exitCodeOf(ending));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
