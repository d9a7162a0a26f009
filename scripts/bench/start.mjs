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

/** The page that opens fills the window: its heading, the text of the policy, and the navigation beside it, which answers. */
const PAGE_SHOWN = whenShown('main .policy section');
/** What the window does not show of it is there too, to its last lines. */
const LAST_LINES_SHOWN = whenShown('main #contacts');
/** That page has no switch: "Privacy" is pressed as soon as it is there. */
const SWITCH_SHOWN = whenShown('[role=switch]', pressOnce('Privacy'));

/**
 * From the start of the process to the first page on the screen, from there to the last lines beneath it and to the first switch,
 * with a long history in the profile, beside an empty window on the same Electron; and the check of that history on its worker.
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
    /** @type {(args: string[], expressions: string[]) => Promise<number[]>} */
    const launch = async (args, expressions) => {
      const app = startPiped(run, executable, electronArguments(args), offline);
      try {
        const momentsMs = [];
        for (const expression of expressions) {
          momentsMs.push((await app.evaluateOnceLoaded(expression)) - app.startedMs);
        }
        return momentsMs;
      } finally {
        await app.kill();
      }
    };
    /** @type {number[]} */
    const toSwitch = [];
    /** @type {number[]} */
    const toLastLines = [];
    const ours = async () => {
      const main = join(rootFolder(), 'out', 'main', 'index.js');
      const args = [main, `--user-data-dir=${profile}`, '--lang=en-US'];
      const shown = [PAGE_SHOWN, LAST_LINES_SHOWN, SWITCH_SHOWN];
      const [pageMs = NaN, lastLinesMs = NaN, switchMs = NaN] = await launch(args, shown);
      toLastLines.push(lastLinesMs);
      toSwitch.push(switchMs);
      return pageMs;
    };
    const baseline = async () => {
      const main = join(rootFolder(), 'test', 'bench', 'empty-app', 'main.mjs');
      const args = [main, `--user-data-dir=${join(folder, 'empty')}`];
      const [buttonMs = NaN] = await launch(args, [whenShown('button')]);
      return buttonMs;
    };
    const measured = await alternate({ pairs: quick ? 3 : 40, warmUp: 1, random, ours, baseline });
    const checked = await program.run({
      measurement: 'whole-check',
      seed,
      pairs: quick ? 1 : 5,
      decisions,
      folder: profile,
      worker: join(rootFolder(), 'out', 'main', 'check-worker.js'),
    });
    return [
      {
        name: 'start-to-interactive',
        unit: 'ms',
        what: `from the start to the first page filling the window, with its policy and a navigation that answers, with ${decisions} decisions ÷ an empty window with a button`,
        ...measured,
        goal: { is: 'at most', ratio: 1.1 },
        notes: [],
      },
      {
        name: 'start-to-last-lines',
        unit: 'ms',
        what: 'the same start until what the window does not show of that page is there too, to its last lines ÷ the same empty window',
        ours: toLastLines.slice(-measured.ours.length),
        baseline: measured.baseline,
        goal: null,
        notes: [],
      },
      {
        name: 'start-to-first-switch',
        unit: 'ms',
        what: 'the same start to the first switch, for which "Privacy" is pressed as soon as the first page is there ÷ the same empty window',
        ours: toSwitch.slice(-measured.ours.length),
        baseline: measured.baseline,
        goal: null,
        notes: [],
      },
      ...checked,
    ];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
