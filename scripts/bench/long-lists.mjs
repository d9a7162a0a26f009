import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootFolder } from '../lib/paths.mjs';
import { electronArguments } from '../run/electron-arguments.mjs';
import { AT_REST, whenShown } from './in-page.mjs';
import { appWithLongPolicy } from './long-policy.mjs';
import { LONGEST_TASKS, SCROLL_THROUGH, WATCH_TASKS } from './page-tasks.mjs';
import { startPiped } from './pipe.mjs';

/** Nobody listens on the discard port of this machine: every connection is refused at once. */
const NOBODY = 'http://127.0.0.1:9';
/** Presses on "Show earlier", and the entries that each of them brings. */
const EARLIER = 20;
const PAGE_LENGTH = 30;

/** Presses the button that says this, once there is one. @param {string} name */
const press = (name) => `new Promise((pressed) => {
  const look = () => {
    const button = [...document.querySelectorAll('button')]
      .find((one) => one.textContent.trim() === ${JSON.stringify(name)});
    if (!button) return setTimeout(look, 5);
    button.click();
    pressed();
  };
  look();
})`;

/** When the history shows at least so many entries. @param {number} count */
const entriesShown = (count) =>
  whenShown(`[data-entry]:nth-of-type(1)`, '') +
  `.then(() =>
  new Promise((shown) => {
    const look = () =>
      document.querySelectorAll('[data-entry]').length >= ${count} ? shown() : setTimeout(look, 5);
    look();
  }))`;

/**
 * The longest task of the page while a policy of 200 sections and a history of 100,000 decisions are scrolled, and, beside it, while
 * they are opened.
 *
 * @param {import('./measurements.mjs').Bench} bench
 * @returns {Promise<import('./rows.mjs').Measured[]>}
 */
export async function measureLongLists({ run, executable, program, env, seed, quick }) {
  const decisions = quick ? 2000 : 100_000;
  const rounds = quick ? 2 : 10;
  const folder = await mkdtemp(join(tmpdir(), 'sayso-bench-lists-'));
  const profile = join(folder, 'profile');
  const offline = { ...env, SAYSO_SERVER: NOBODY };
  /** @type {(main: string, profileFolder: string, parts: string[][]) => Promise<number[]>} */
  const longestOf = async (main, profileFolder, parts) => {
    const args = [main, `--user-data-dir=${profileFolder}`, '--lang=en-US'];
    const app = startPiped(run, executable, electronArguments(args), offline);
    try {
      await app.evaluateOnceLoaded(whenShown('main .policy section'));
      await app.evaluate(AT_REST);
      await app.evaluate(WATCH_TASKS);
      const longestMs = [];
      for (const steps of parts) {
        for (const step of steps) await app.evaluate(step);
        await app.evaluate(AT_REST);
        longestMs.push(await app.evaluate(LONGEST_TASKS));
      }
      return longestMs;
    } finally {
      await app.kill();
    }
  };
  /** @type {number[][]} Opened, scrolled. */
  const policyMs = [];
  /** @type {number[][]} Opened, scrolled. */
  const historyMs = [];
  try {
    await program.run({ measurement: 'profile', seed, pairs: 0, decisions, folder: profile });
    const withLongPolicy = await appWithLongPolicy(join(folder, 'app'));
    const built = join(rootFolder(), 'out', 'main', 'index.js');
    const read = [press('Privacy'), whenShown('[role=switch]'), press('Policy')];
    const policyParts = [[...read, whenShown('main .policy section')], [SCROLL_THROUGH]];
    const earlier = Array.from({ length: EARLIER }, (_one, place) => [
      press('Show earlier'),
      entriesShown(PAGE_LENGTH * (place + 2)),
    ]);
    const historyParts = [
      [press('History'), entriesShown(PAGE_LENGTH)],
      [...earlier.flat(), SCROLL_THROUGH],
    ];
    for (let round = 0; round < rounds; round += 1) {
      policyMs.push(await longestOf(withLongPolicy, join(folder, 'empty'), policyParts));
      historyMs.push(await longestOf(built, profile, historyParts));
    }
    const slowest = (/** @type {number[][]} */ all, /** @type {number} */ part) =>
      Math.max(...all.map((parts) => parts[part] ?? NaN)).toFixed(0);
    /** @type {(part: number) => Omit<import('./rows.mjs').Measured, 'name' | 'what'>} */
    const row = (part) => ({
      unit: 'ms',
      ours: [...policyMs, ...historyMs].map((parts) => parts[part] ?? NaN),
      baseline: [],
      goal: { is: 'at most', value: 50, quantile: 1 },
      notes: [
        'nothing up to 50 ms is told by the browser; it counts as 0',
        `slowest: policy ${slowest(policyMs, part)} ms, history ${slowest(historyMs, part)} ms`,
      ],
    });
    return [
      {
        ...row(1),
        name: 'page-long-lists',
        what: `the longest task of the page while a policy of 200 sections is scrolled to its end, and while a history of ${decisions} decisions is read ${EARLIER + 1} pages back and scrolled to its end`,
      },
      {
        ...row(0),
        name: 'page-long-lists-opened',
        what: 'the same while they are opened',
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
