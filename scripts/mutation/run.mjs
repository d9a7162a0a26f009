import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runChild } from '../lib/child.mjs';
import { readJson } from '../lib/files.mjs';
import { rootFolder, stateFolder } from '../lib/paths.mjs';
import { StepError } from '../lib/step-error.mjs';
import { readChunks, testsLeftOut } from './chunks.mjs';
import { mutationDocument } from './document.mjs';
import { keepMeasured, keptMeasured } from './kept.mjs';
import { readReport, scoreOf, total } from './report.mjs';

/** Always the same draws: a mutant must not survive one run and be noticed in the next. */
export const MUTATION_SEED = 1;

/** Least share of the mutants that the tests have to notice, in percent. */
const LEAST_PERCENT = 90;

/**
 * Runs Stryker over the pure rules, chunk after chunk, and writes `docs/mutation.md` once every chunk has been measured.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string[]} [args] names of chunks, all unless any is given: of the others counts what this clone has measured
 *   before; and arguments for Stryker, from the first that begins with `--`
 * @returns {Promise<{ exitCode: number, result: import('./report.mjs').MutationResult }>} the code is 1 below 90 %
 * @throws {StepError} where Stryker could not run, or something has never been measured
 */
export async function runMutation(run, args = []) {
  const root = rootFolder();
  const chunks = await readChunks(root);
  const end = args.findIndex((arg) => arg.startsWith('--'));
  const named = end === -1 ? args : args.slice(0, end);
  const forStryker = end === -1 ? [] : args.slice(end);
  const names = chunks.map(({ name }) => name);
  const unknown = named.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const toDo = `There are: ${names.join(', ')}`;
    throw new StepError('Mutation', `${unknown} is no chunk.`, toDo);
  }
  for (const chunk of chunks) {
    if (named.length > 0 && !named.includes(chunk.name)) continue;
    const report = await measure(run, root, chunk, forStryker);
    await keepMeasured(root, chunk.name, {
      measuredAt: new Date().toISOString(),
      report,
    });
  }
  const parts = [];
  for (const chunk of chunks) {
    const kept = await keptMeasured(root, chunk);
    if (!kept) {
      const toDo = `npm run mutation -- ${chunk.name}`;
      throw new StepError('Mutation', `${chunk.name} was not measured since it changed.`, toDo);
    }
    parts.push(readReport(kept.report, kept.measuredAt.slice(0, 10)));
  }
  const result = {
    files: parts.flatMap(({ files }) => files).sort(byFile),
    survivors: parts.flatMap(({ survivors }) => survivors).sort(byFile),
  };
  const reasons = join(root, 'test', 'mutation', 'survivors.json');
  const page = mutationDocument(result, JSON.parse(await readFile(reasons, 'utf8')), MUTATION_SEED);
  await writeFile(join(root, 'docs', 'mutation.md'), page);
  return {
    exitCode: scoreOf(total(result.files)) < LEAST_PERCENT ? 1 : 0,
    result,
  };
}

/** @type {(a: { file: string }, b: { file: string }) => number} two of one file stay as they were */
const byFile = (a, b) => (a.file < b.file ? -1 : Number(a.file > b.file));

/**
 * @param {import('../lib/child.mjs').Run} run
 * @param {string} root
 * @param {import('./chunks.mjs').Chunk} chunk
 * @param {string[]} forStryker
 * @returns {Promise<any>} Stryker's report
 */
async function measure(run, root, chunk, forStryker) {
  const file = join(stateFolder(root), 'mutation.json');
  await rm(file, { force: true });
  const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const config = join('test', 'mutation', 'stryker.config.json');
  const mutate = ['--mutate', chunk.mutate.join(',')];
  await runChild(run, process.execPath, [stryker, 'run', config, ...mutate, ...forStryker], {
    cwd: root,
    env: {
      ...process.env,
      SAYSO_MUTATION: '1',
      SAYSO_SEED: String(MUTATION_SEED),
      SAYSO_MUTATION_TESTS: chunk.tests.join(','),
    },
    // Standard output belongs to results; a report of a few hundred lines is none.
    stdio: ['ignore', 2, 2],
  });
  const report = await readJson(file);
  if (!report) throw new StepError('Mutation', 'Stryker ended without a report; see above.');
  const leftOut = await testsLeftOut(root, chunk, report);
  if (leftOut.length > 0) {
    throw new StepError('Mutation', `Stryker could not run ${leftOut.join(', ')}.`);
  }
  return report;
}
