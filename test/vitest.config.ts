import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Kind {
  readonly name: string;
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
  /** Whether each file has a process, and so modules, of its own. */
  readonly isolate: boolean;
}

const testsIn = (folder: string): string => `test/${folder}/**/*.test.ts`;

/** Integration tests that need nothing which another file could have left in the process. */
const SHARING = ['client', 'gate', 'ipc', 'server'].map((room) => testsIn(`integration/${room}`));

/**
 * Importing anew for every file costs more than most tests do. Importing does nothing and modules keep no state (a rule of this
 * house), so most files share one process per worker. What outsiders' tools find at the running server is an integration test
 * that has a folder of its own.
 */
const KINDS: readonly Kind[] = [
  { name: 'unit', include: [testsIn('unit')], isolate: false },
  { name: 'model', include: [testsIn('model')], isolate: true },
  {
    name: 'integration',
    include: [testsIn('integration'), testsIn('contract')],
    exclude: SHARING,
    isolate: true,
  },
  { name: 'integration-sharing', include: SHARING, isolate: false },
];

/** Unit, model and integration tests; they run inside Electron's own Node, the runtime the app ships with. */
export default defineConfig({
  root,
  test: {
    projects: KINDS.map(({ name, include, exclude = [], isolate }) => ({
      root,
      test: {
        name,
        include: [...include],
        exclude: [...exclude],
        pool: 'forks' as const,
        isolate,
        testTimeout: 30_000,
        hookTimeout: 60_000,
        // What a test waits for comes at once or a little later; the one second of Vitest is less than a busy machine may take.
        expect: { poll: { timeout: 15_000, interval: 10 } },
      },
    })),
    maxWorkers: 2,
    passWithNoTests: false,
  },
});
