import { writeFile } from 'node:fs/promises';
import { MEASUREMENTS } from './bench/measurements.mjs';
import { readOptions } from './bench/options.mjs';
import { bundleProgram } from './bench/program.mjs';
import { seededRandom } from './bench/random.mjs';
import { rowOf, rowWithout } from './bench/rows.mjs';
import { tableOf } from './bench/table.mjs';
import { runEntry } from './lib/entry.mjs';
import { say, withProgress } from './lib/say.mjs';
import { StepError } from './lib/step-error.mjs';
import { withDesktop } from './run/desktop.mjs';
import { DESKTOP, prepareApp } from './run/prepare.mjs';
import { sayWhich } from './setup/electron.mjs';

// `npm run bench -- [--json FILE] [--only NAME]`: side-by-side measurements in one run on one machine. Exit code 1 where a
// measurement could not be made; a goal that is missed is a figure like any other.
await runEntry(async (run) => {
  const options = readOptions(process.argv.slice(2), Date.now() % 2 ** 31);
  const { only, seed, quick } = options;
  const wanted = MEASUREMENTS.filter(({ names }) => only === null || names.includes(only));
  if (wanted.length === 0) {
    const known = MEASUREMENTS.flatMap(({ names }) => names).join(', ');
    throw new StepError('Bench', `nothing is called ${only}.`, `There are: ${known}`);
  }
  const electron = await prepareApp(run, DESKTOP);
  sayWhich(electron);
  say(`seed ${seed}${quick ? ', small counts: the figures mean little' : ''}`);
  const executable = electron.executablePath;
  const random = seededRandom(seed);
  /** @type {import('./bench/rows.mjs').Row[]} */
  const rows = [];
  let failures = 0;
  const program = await bundleProgram(run, executable);
  try {
    await withDesktop(run, { display: 'virtual', keychain: 'private' }, async ({ env }) => {
      for (const { names, measure } of wanted) {
        const bench = { run, executable, program, env, seed, random, quick };
        await withProgress(names.join(', '), async () => {
          const measured = await measure(bench);
          rows.push(...measured.map((one) => rowOf(one, random)));
        }).catch((error) => {
          run.signal.throwIfAborted();
          failures += 1;
          rows.push(...names.map((name) => rowWithout(name, `not measured: ${error.message}`)));
        });
      }
    });
  } finally {
    await program.remove();
  }
  const machine = {
    platform: process.platform,
    arch: process.arch,
    electron: electron.electronVersion,
  };
  const measuredAt = new Date().toISOString();
  if (options.json !== null)
    await writeFile(
      options.json,
      `${JSON.stringify({ measuredAt, seed, quick, machine, rows }, null, 2)}\n`,
    );
  console.log(`seed ${seed}`);
  console.log(tableOf(rows));
  return failures === 0 ? 0 : 1;
});
