import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const starts = process.env['SAYSO_MUTATION_TESTS'] ?? 'test/unit/shared/**/,test/model/';

/**
 * The tests of the pure rules, for Stryker: they need neither Electron nor SQLite, so they run in plain Node, thousands of
 * times. `SAYSO_MUTATION_TESTS` says how the paths of those of one chunk begin. `root` is where Stryker has put its copy.
 */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: starts.split(',').map((start) => `${start}*.test.ts`),
    setupFiles: ['test/mutation/same-draws.ts'],
    environment: 'node',
    testTimeout: 20_000,
    passWithNoTests: false,
  },
});
