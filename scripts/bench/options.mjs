import { parseArgs } from 'node:util';
import { StepError } from '../lib/step-error.mjs';

/**
 * @typedef {object} BenchOptions
 * @property {string | null} json where the rows go as JSON
 * @property {string | null} only the name of the one measurement to make
 * @property {boolean} quick small counts, to try the benchmarks themselves; the figures mean little
 * @property {number} seed for the order in the pairs and for the intervals
 */

/**
 * Reads the arguments of `npm run bench`.
 *
 * @param {string[]} args
 * @param {number} freshSeed the seed where none is named
 * @returns {BenchOptions}
 * @throws {StepError} for anything it does not know
 */
export function readOptions(args, freshSeed) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        json: { type: 'string' },
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        seed: { type: 'string', default: String(freshSeed) },
      },
    });
    const seed = Number(values.seed);
    if (!Number.isSafeInteger(seed)) throw new Error(`--seed ${values.seed} is no whole number`);
    return { json: values.json ?? null, only: values.only ?? null, quick: values.quick, seed };
  } catch (error) {
    throw new StepError(
      'Bench',
      error instanceof Error ? error.message : String(error),
      'npm run bench -- [--json FILE] [--only NAME] [--seed N] [--quick]',
    );
  }
}
