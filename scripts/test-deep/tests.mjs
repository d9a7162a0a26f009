import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { exitCodeOf, runChild } from '../lib/child.mjs';
import { readJson } from '../lib/files.mjs';
import { rootFolder } from '../lib/paths.mjs';
import { say } from '../lib/say.mjs';
import { countVitest } from '../run/counts.mjs';
import { withDesktop } from '../run/desktop.mjs';

/** A test that sets itself no limit may take as long as the longest variant needs. */
const LONGEST_TEST_MS = 3 * 60 * 60 * 1000;
/** Shorter tests are not worth a line of their own. */
const WORTH_NAMING_MS = 2000;

/**
 * @typedef {object} DeepTests
 * @property {import('../run/counts.mjs').Counts} counts
 * @property {{ file: string, name: string, passed: boolean, seconds: number }[]} long the tests that took longest
 */

/**
 * Runs the model and integration tests with `SAYSO_DEEP=1`, by which they do everything far more often.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {import('../setup/electron.mjs').Electron} electron
 * @param {number} seed of every random history
 * @param {string[]} args further arguments for Vitest, such as the name of a file
 * @returns {Promise<DeepTests>}
 */
export async function runDeepTests(run, electron, seed, args) {
  const root = rootFolder();
  const folder = await mkdtemp(join(tmpdir(), 'sayso-deep-'));
  const report = join(folder, 'report.json');
  try {
    const exitCode = await withDesktop(
      run,
      { display: 'virtual', keychain: 'private' },
      async ({ env }) =>
        exitCodeOf(
          await runChild(run, electron.executablePath, argumentsFor(root, report, args), {
            cwd: root,
            env: {
              ...env,
              ELECTRON_RUN_AS_NODE: '1',
              SAYSO_ELECTRON_PATH: electron.executablePath,
              SAYSO_DEEP: '1',
              SAYSO_SEED: String(seed),
            },
            stdio: ['ignore', 2, 2],
          }),
        ),
    );
    const found = await readJson(report);
    const counts = countVitest(found, exitCode);
    for (const failure of counts.failures) say(`failed: ${failure}`);
    return { counts, long: longTests(found, root) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {string} report
 * @param {string[]} args
 */
function argumentsFor(root, report, args) {
  return [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config',
    'test/vitest.config.ts',
    '--project',
    'model',
    '--project',
    'integration*',
    `--testTimeout=${LONGEST_TEST_MS}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  ];
}

/**
 * @param {any} report
 * @param {string} root
 * @returns {DeepTests['long']}
 */
function longTests(report, root) {
  const files = report?.testResults ?? [];
  return files
    .flatMap((/** @type {any} */ file) =>
      file.assertionResults.map((/** @type {any} */ test) => ({
        file: relative(root, file.name),
        name: test.fullName,
        passed: test.status === 'passed',
        seconds: (test.duration ?? 0) / 1000,
      })),
    )
    .filter((/** @type {{ seconds: number }} */ { seconds }) => seconds * 1000 >= WORTH_NAMING_MS)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => b.seconds - a.seconds);
}
