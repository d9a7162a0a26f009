/** The seed of this run: `SAYSO_SEED` repeats an earlier one, else it is a fresh one. */
const seed = Number(process.env['SAYSO_SEED'] ?? Date.now() % 2 ** 31);

/**
 * Settings of a property: how often it is tried, and a seed that is printed, so that a failure on another machine can be
 * repeated with `SAYSO_SEED=<seed> npm test -- model`.
 */
export function tries(numRuns: number): { readonly numRuns: number; readonly seed: number } {
  process.stdout.write(`seed ${seed}, ${numRuns} runs\n`);
  return { numRuns, seed };
}
