import { ensureMessages } from './build/index.mjs';
import { runEntry } from './lib/entry.mjs';
import { say } from './lib/say.mjs';
import { StepError } from './lib/step-error.mjs';
import { runChecks } from './run/checks.mjs';
import { inShort, inWords, sum } from './run/counts.mjs';
import { withDesktop } from './run/desktop.mjs';
import { withMemoryFolder } from './run/memory-folder.mjs';
import { DESKTOP, prepareApp } from './run/prepare.mjs';
import { planTests } from './run/test-plan.mjs';
import { runVitest } from './run/vitest.mjs';
import { sayWhich } from './setup/electron.mjs';
import { setUpForTools } from './setup/index.mjs';

/**
 * @typedef {import('./lib/child.mjs').Run} Run
 * @typedef {import('./run/counts.mjs').Counts} Counts
 */

/**
 * Runs one phase and says how long it took. A phase that cannot even run counts as one failure and stops no other.
 *
 * @param {Run} run
 * @param {string} name
 * @param {() => Promise<Counts>} phase
 * @returns {Promise<Counts>}
 */
async function timed(run, name, phase) {
  const startedMs = Date.now();
  say(`== ${name}`);
  const counts = await phase().catch((error) => {
    run.signal.throwIfAborted();
    say(`${name}: ${error.stack}`);
    return { passed: 0, failed: 1, skipped: 0, failures: [inShort(name, [error.stack])] };
  });
  say(`== ${name}: ${inWords(counts)} in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
  return counts;
}

/**
 * Sets up, builds and runs the phases of a plan in order. The checks read nothing but sources and packages: they begin while
 * the rest is still being set up, which on a new clone leaves one core idle for two minutes.
 *
 * @param {Run} run
 * @param {import('./run/test-plan.mjs').TestPlan} plan
 * @returns {Promise<Counts>}
 */
async function runPlan(run, { checks, projects, endToEnd, rest }) {
  await setUpForTools(run);
  await ensureMessages(run);
  const [electron, ...counts] = await Promise.all([
    prepareApp(run, [...DESKTOP, 'faults']),
    ...(checks.length > 0 ? [timed(run, checks.join(', '), () => runChecks(run, checks))] : []),
  ]);
  sayWhich(electron);
  if (projects.length === 0 && !endToEnd) return sum(counts);
  await withDesktop(run, { display: 'virtual', keychain: 'private' }, (desktop) =>
    withMemoryFolder(desktop.env, async (given) => {
      const env = { ...given, SAYSO_ELECTRON_PATH: electron.executablePath };
      if (projects.length > 0) {
        const args = [
          '--config',
          'test/vitest.config.ts',
          // A kind of tests may be several projects, whose names begin with its own.
          ...projects.flatMap((project) => ['--project', `${project}*`]),
          ...rest,
        ];
        const inElectron = { ...env, ELECTRON_RUN_AS_NODE: '1' };
        counts.push(
          await timed(run, projects.join(', '), () =>
            runVitest(run, electron.executablePath, args, inElectron),
          ),
        );
      }
      if (endToEnd) {
        const args = ['--config', 'test/e2e/vitest.config.ts', ...rest];
        counts.push(
          await timed(run, 'end to end', () => runVitest(run, process.execPath, args, env)),
        );
      }
    }),
  );
  return sum(counts);
}

await runEntry(async (run) => {
  const counts = await runPlan(run, planTests(process.argv.slice(2))).catch((error) => {
    if (!(error instanceof StepError)) throw error;
    return { passed: 0, failed: 1, skipped: 0, failures: [error.message] };
  });
  // Once more at the end: what failed in the first minute is far above by now, and a log is often kept by its last lines.
  for (const failure of counts.failures) say(`failed: ${failure}`);
  console.log(inWords(counts));
  return counts.failed === 0 ? 0 : 1;
});
