import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from '../lib/files.mjs';
import { StepError } from '../lib/step-error.mjs';

/**
 * @typedef {object} Chunk some files of the rules and the tests that are about them, so that a mutant meets no other
 * @property {string} name
 * @property {string[]} mutate files, from the root
 * @property {string[]} tests how the paths of its test files begin, from the root
 */

/** The rules that are measured. */
const FOLDERS = ['src-shared/consent', 'src-shared/ledger'];

/**
 * The chunks of `test/mutation/chunks.json`.
 *
 * @param {string} root
 * @returns {Promise<Chunk[]>}
 * @throws {StepError} where a rule is in no chunk or in two: its figures would be missing, or count twice
 */
export async function readChunks(root) {
  const file = join(root, 'test', 'mutation', 'chunks.json');
  /** @type {Chunk[]} */
  const chunks = JSON.parse(await readFile(file, 'utf8'));
  const lists = FOLDERS.map(async (folder) =>
    (await listFiles(join(root, folder))).map((name) => `${folder}/${name}`),
  );
  const rules = (await Promise.all(lists)).flat();
  const mutated = chunks.flatMap(({ mutate }) => mutate);
  const wrong = [...new Set([...rules, ...mutated])].filter(
    (rule) => !rules.includes(rule) || mutated.filter((one) => one === rule).length !== 1,
  );
  if (wrong.length > 0) {
    const what = `test/mutation/chunks.json has to name each file once, which is not so for ${wrong.join(', ')}.`;
    throw new StepError('Mutation', what);
  }
  return chunks;
}

/**
 * The test files of a chunk that Stryker has not run. It passes in silence over one that it cannot load, and then counts
 * as unnoticed what that file would have noticed.
 *
 * @param {string} root
 * @param {Chunk} chunk
 * @param {any} report of Stryker
 * @returns {Promise<string[]>} paths from the root
 */
export async function testsLeftOut(root, { tests }, report) {
  const names = await listFiles(join(root, 'test'));
  const run = Object.keys(report.testFiles ?? {});
  return names
    .map((name) => `test/${name}`)
    .filter((name) => name.endsWith('.test.ts') && tests.some((start) => name.startsWith(start)))
    .filter((name) => !run.some((file) => file.endsWith(name)));
}
