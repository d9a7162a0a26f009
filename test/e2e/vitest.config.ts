import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** End-to-end tests: the built app in real Electron windows, driven by Playwright from plain Node. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    name: 'e2e',
    include: ['test/e2e/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What a test waits for comes at once or a little later; the one second of Vitest is less than a busy machine may take.
    expect: { poll: { timeout: 20_000, interval: 20 } },
    passWithNoTests: false,
  },
});
