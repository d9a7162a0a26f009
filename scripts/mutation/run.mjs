import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodeOf, runChild } from '../lib/child.mjs';
import { readJson } from '../lib/files.mjs';
import { rootFolder, stateFolder } from '../lib/paths.mjs';
import { StepError } from '../lib/step-error.mjs';
import { mutationDocument } from './document.mjs';
import { readReport } from './report.mjs';

/** Always the same histories: a mutant must not survive one run and be noticed in the next. */
export const MUTATION_SEED = 1;

/**
 * Runs Stryker over the pure rules and writes `docs/mutation.md`.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string[]} [args] further arguments for Stryker; with any, nothing is written
 * @returns {Promise<{ exitCode: number, result: import('./report.mjs').MutationResult }>} the code is not 0 below 90 %
 * @throws {StepError} where Stryker could not run
 */
export async function runMutation(run, args = []) {
  const root = rootFolder();
  const report = join(stateFolder(root), 'mutation.json');
  await rm(report, { force: true });
  const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const config = join('test', 'mutation', 'stryker.config.json');
  const ending = await runChild(run, process.execPath, [stryker, 'run', config, ...args], {
    cwd: root,
    env: { ...process.env, SAYSO_MUTATION: '1', SAYSO_SEED: String(MUTATION_SEED) },
    // Standard output belongs to results; a report of a few hundred lines is none.
    stdio: ['ignore', 2, 2],
  });
  const found = await readJson(report);
  if (!found) throw new StepError('Mutation', 'Stryker ended without a report; see above.');
  const result = readReport(found);
  if (args.length === 0) {
    const reasons = JSON.parse(
      await readFile(join(root, 'test', 'mutation', 'survivors.json'), 'utf8'),
    );
    const measuredAt = new Date().toISOString().slice(0, 10);
    const about = { measuredAt, command: 'npm run mutation', seed: MUTATION_SEED };
    const file = join(root, 'docs', 'mutation.md');
    await writeFile(file, mutationDocument(result, reasons, about));
  }
  return { exitCode: exitCodeOf(ending), result };
}
