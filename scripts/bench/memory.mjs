import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootFolder } from '../lib/paths.mjs';
import { StepError } from '../lib/step-error.mjs';
import { electronArguments } from '../run/electron-arguments.mjs';
import { AT_REST, whenShown } from './in-page.mjs';
import { alternate } from './pairs.mjs';
import { startPiped } from './pipe.mjs';

/** Nobody listens on the discard port of this machine: every connection is refused at once. */
const NOBODY = 'http://127.0.0.1:9';
/** So many half seconds at rest: by then what begins after the first page has come to its end. */
const RESTS = 12;

/**
 * What the app takes of the memory, all its processes together, beside an empty window on the same Electron: the proportional
 * set size, which counts what several processes share once.
 *
 * @param {import('./measurements.mjs').Bench} bench
 * @returns {Promise<import('./rows.mjs').Measured[]>}
 */
export async function measureMemory({ run, executable, env, random, quick }) {
  if (process.platform !== 'linux')
    throw new StepError('Bench', 'memory is read from /proc.', 'Run this row on Linux.');
  const folder = await mkdtemp(join(tmpdir(), 'sayso-bench-memory-'));
  const offline = { ...env, SAYSO_SERVER: NOBODY };
  const take = async (/** @type {string[]} */ args, /** @type {string} */ shown) => {
    const app = startPiped(run, executable, electronArguments(args), offline);
    try {
      await app.evaluateOnceLoaded(whenShown(shown));
      for (let rest = 0; rest < RESTS; rest += 1) await app.evaluate(AT_REST);
      return (await proportionalBytesOf(app.pid)) / 1024 / 1024;
    } finally {
      await app.kill();
    }
  };
  const main = join(rootFolder(), 'out', 'main', 'index.js');
  const empty = join(rootFolder(), 'test', 'bench', 'empty-app', 'main.mjs');
  try {
    const measured = await alternate({
      pairs: quick ? 2 : 10,
      warmUp: 1,
      random,
      ours: () =>
        take([main, `--user-data-dir=${join(folder, 'ours')}`, '--lang=en-US'], '.policy section'),
      baseline: () => take([empty, `--user-data-dir=${join(folder, 'empty')}`], 'button'),
    });
    return [
      {
        name: 'memory',
        unit: 'MiB',
        what: 'proportional set size of all processes, at rest with the first page shown ÷ an empty window with a button',
        ...measured,
        goal: { is: 'at most', ratio: 1.15 },
        notes: [],
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/**
 * @param {number} group the process group of an app
 * @returns {Promise<number>} bytes
 */
async function proportionalBytesOf(group) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const shares = await Promise.all(pids.map((pid) => shareOf(pid, group)));
  return shares.reduce((sum, share) => sum + share, 0);
}

/**
 * @param {string} pid
 * @param {number} group
 */
async function shareOf(pid, group) {
  try {
    // The name of the program comes before, in brackets, and may hold anything.
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)?.split(' ');
    if (Number(fields?.[2]) !== group) return 0;
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? NaN) * 1024;
  } catch (error) {
    // It has just ended.
    if (/ENOENT|ESRCH/.test(String(error))) return 0;
    throw error;
  }
}
