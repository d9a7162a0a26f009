import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { runEntry } from './lib/entry.mjs';
import { exitCodeOf, runChild } from './lib/child.mjs';
import { readJson, writeJson } from './lib/files.mjs';
import { rootFolder, stateFolder } from './lib/paths.mjs';
import { say } from './lib/say.mjs';
import { StepError } from './lib/step-error.mjs';
import { MUTATION_SEED, runMutation } from './mutation/run.mjs';
import { scoreOf, total } from './mutation/report.mjs';
import { inWords } from './run/counts.mjs';
import { DESKTOP, prepareApp } from './run/prepare.mjs';
import { benchLines, measuredDocument, testLines } from './test-deep/document.mjs';
import { runSoak } from './test-deep/soak.mjs';
import { runDeepTests } from './test-deep/tests.mjs';

/** @typedef {import('./test-deep/document.mjs').Section} Section */

const PHASES = /** @type {const} */ (['tests', 'mutation', 'bench', 'soak']);
/** Ten minutes, unless `SAYSO_SOAK_SECONDS` says otherwise, as when the soak itself is tried. */
const SOAK_SECONDS = 600;
const COMMAND = 'npm run test:deep';

// `npm run test:deep -- [tests|mutation|bench|soak …] [-- arguments for Vitest]`: the long variants of the tests, the mutation score,
// the benchmarks and the server under load; writes docs/measured.md. A phase that is not named keeps what its last run on this clone has measured.
await runEntry(async (run) => {
  const given = process.argv.slice(2);
  const end = given.includes('--') ? given.indexOf('--') : given.length;
  const named = given.slice(0, end);
  const forVitest = given.slice(end + 1);
  const unknown = named.find((name) => !PHASES.some((phase) => phase === name));
  if (unknown !== undefined)
    throw new StepError('Deep tests', `${unknown} is no phase.`, `There are: ${PHASES.join(', ')}`);
  const wanted = PHASES.filter((phase) => named.length === 0 || named.includes(phase));

  const electron = await prepareApp(run, [...DESKTOP, 'faults']);
  const seed = Number(process.env.SAYSO_SEED ?? Date.now() % 2 ** 31);
  say(`seed ${seed}`);
  const folder = join(stateFolder(), 'measured');
  await mkdir(folder, { recursive: true });
  let failed = false;
  /**
   * @param {typeof PHASES[number]} phase
   * @param {Pick<Section, 'title' | 'seed' | 'lines'>} found
   */
  const keep = async (phase, found) => {
    const measuredAt = new Date().toISOString();
    await writeJson(join(folder, `${phase}.json`), {
      ...found,
      measuredAt,
      command: `${COMMAND} -- ${phase}`,
    });
  };

  if (wanted.includes('tests')) {
    const tests = await runDeepTests(run, electron, seed, forVitest);
    failed ||= tests.counts.failed > 0;
    await keep('tests', { title: 'The long variants of the tests', seed, lines: testLines(tests) });
    console.log(inWords(tests.counts));
  }
  if (wanted.includes('mutation')) {
    const { exitCode, result } = await runMutation(run);
    failed ||= exitCode !== 0;
    const line = `${scoreOf(total(result.files)).toFixed(1)} % of the changes to the pure rules were noticed; see mutation.md.`;
    await keep('mutation', { title: 'Mutation score', seed: MUTATION_SEED, lines: [line] });
    console.log(line);
  }
  if (wanted.includes('bench')) {
    const json = join(folder, 'bench-rows.json');
    const args = ['scripts/bench.mjs', '--json', json, '--seed', String(seed)];
    const options = { cwd: rootFolder(), stdio: /** @type {const} */ ('inherit') };
    const ending = await runChild(run, process.execPath, args, options);
    failed ||= exitCodeOf(ending) !== 0;
    const { rows } = await readJson(json);
    await keep('bench', { title: 'Side by side', seed, lines: benchLines(rows) });
  }

  if (wanted.includes('soak')) {
    const seconds = Number(process.env.SAYSO_SOAK_SECONDS ?? SOAK_SECONDS);
    const { passed, lines } = await runSoak(run, electron.executablePath, seed, seconds);
    failed ||= !passed;
    await keep('soak', { title: 'The server under load', seed, lines });
    console.log(lines.join('\n'));
  }

  const kept = await Promise.all(PHASES.map((phase) => readJson(join(folder, `${phase}.json`))));
  const { length: cores, 0: core } = cpus();
  const machine = `${process.platform}-${process.arch}, ${cores} × ${core?.model.trim() ?? 'unknown'}, Electron ${electron.electronVersion}`;
  const text = measuredDocument(
    kept.filter((section) => section !== undefined),
    machine,
  );
  await writeFile(join(rootFolder(), 'docs', 'measured.md'), text);
  return failed ? 1 : 0;
});
