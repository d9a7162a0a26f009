import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootFolder } from '../lib/paths.mjs';
import { electronArguments } from '../run/electron-arguments.mjs';
import { pressOnce, whenShown } from './in-page.mjs';
import { alternate } from './pairs.mjs';
import { startPiped } from './pipe.mjs';

/** Nobody listens on the discard port of this machine: every connection is refused at once. */
const NOBODY = 'http://127.0.0.1:9';

/**
 * From the start of the process to the first switch on the screen, with a long history in the profile, beside an empty window
 * on the same Electron. The page that opens first has no switch: "Privacy" is pressed as soon as there is a page.
 *
 * @param {import('./measurements.mjs').Bench} bench
 * @returns {Promise<import('./rows.mjs').Measured[]>}
 */
export async function measureStart({ run, executable, program, env, random, seed, quick }) {
  const decisions = quick ? 1000 : 100_000;
  const folder = await mkdtemp(join(tmpdir(), 'sayso-bench-start-'));
  const profile = join(folder, 'profile');
  const offline = { ...env, SAYSO_SERVER: NOBODY };
  try {
    await program.run({ measurement: 'profile', seed, pairs: 0, decisions, folder: profile });
    const launch = (/** @type {string[]} */ args, /** @type {string} */ expression) => async () => {
      const app = startPiped(run, executable, electronArguments(args), offline);
      try {
        return (await app.evaluateOnceLoaded(expression)) - app.startedMs;
      } finally {
        await app.kill();
      }
    };
    const ours = launch(
      [join(rootFolder(), 'out', 'main', 'index.js'), `--user-data-dir=${profile}`, '--lang=en-US'],
      whenShown('[role=switch]', pressOnce('Privacy')),
    );
    const baseline = launch(
      [
        join(rootFolder(), 'test', 'bench', 'empty-app', 'main.mjs'),
        `--user-data-dir=${join(folder, 'empty')}`,
      ],
      whenShown('button'),
    );
    const measured = await alternate({ pairs: quick ? 3 : 20, warmUp: 1, random, ours, baseline });
    return [
      {
        name: 'start-to-interactive',
        unit: 'ms',
        what: `from the start to the first switch on the screen with ${decisions} decisions ÷ an empty window with a button`,
        ...measured,
        goal: { is: 'at most', ratio: 1.1 },
        notes: [],
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
