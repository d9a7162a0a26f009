import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * The tests of the pure rules, for Stryker: they need neither Electron nor SQLite, so they run in plain Node, thousands of
 * times. `root` is where Stryker has put its copy.
 */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/unit/shared/**/*.test.ts', 'test/model/effective-state.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
    passWithNoTests: false,
  },
});
