import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What outsiders' tools find at the running server is an integration test that has a folder of its own. */
const FURTHER: Readonly<Record<string, readonly string[]>> = {
  integration: ['test/contract/**/*.test.ts'],
};

/** Unit, model and integration tests; they run inside Electron's own Node, the runtime the app ships with. */
export default defineConfig({
  root,
  test: {
    projects: ['unit', 'model', 'integration'].map((name) => ({
      root,
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`, ...(FURTHER[name] ?? [])],
        pool: 'forks' as const,
        testTimeout: 30_000,
        hookTimeout: 60_000,
      },
    })),
    maxWorkers: 2,
    passWithNoTests: false,
  },
});
