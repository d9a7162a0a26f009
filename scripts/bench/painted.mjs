import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootFolder } from '../lib/paths.mjs';
import { electronArguments } from '../run/electron-arguments.mjs';
import { AT_REST, pressOnce, whenShown } from './in-page.mjs';
import { LONGEST_TASKS, WATCH_TASKS } from './page-tasks.mjs';
import { startPiped } from './pipe.mjs';

/** Nobody listens on the discard port of this machine: every connection is refused at once. */
const NOBODY = 'http://127.0.0.1:9';
const WARM_UP = 3;

/** What Event Timing tells of nothing shorter than this (W3C Event Timing, 3.1); such a press counts as this long. */
const SHORTEST_TOLD_MS = 16;

/** Keeps how long each event took from the press to the next paint, for {@link SLOWEST_EVENT}. */
const WATCH_EVENTS = `(() => {
  window.events = [];
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) window.events.push([name, duration]);
  }).observe({ type: 'event', durationThreshold: ${SHORTEST_TOLD_MS}, buffered: false });
})()`;

/** The longest of the events since it was last asked, milliseconds. */
const SLOWEST_EVENT = `(() => {
  const seen = window.events.splice(0).map(([, duration]) => duration);
  return Math.max(${SHORTEST_TOLD_MS}, ...seen);
})()`;

const SPACE = { key: ' ', code: 'Space', text: ' ', windowsVirtualKeyCode: 32 };

/**
 * From a key pressed on a switch to the frame that shows its new state, by the browser's own Event Timing, offline.
 *
 * @param {import('./measurements.mjs').Bench} bench
 * @returns {Promise<import('./rows.mjs').Measured[]>}
 */
export async function measurePainted({ run, executable, env, quick }) {
  const presses = quick ? 10 : 100;
  const folder = await mkdtemp(join(tmpdir(), 'sayso-bench-painted-'));
  const main = join(rootFolder(), 'out', 'main', 'index.js');
  const args = electronArguments([main, `--user-data-dir=${folder}`, '--lang=en-US']);
  const app = startPiped(run, executable, args, { ...env, SAYSO_SERVER: NOBODY });
  try {
    await app.evaluateOnceLoaded(whenShown('[role=switch]', pressOnce('Privacy')));
    await app.evaluate(AT_REST);
    await app.evaluate(`document.querySelector('[role=switch]').focus()`);
    await app.evaluate(WATCH_EVENTS);
    await app.evaluate(WATCH_TASKS);
    /** @type {number[]} */
    const eventsMs = [];
    /** @type {number[]} */
    const tasksMs = [];
    for (let press = 0; press < presses + WARM_UP; press += 1) {
      await app.tell('Input.dispatchKeyEvent', { type: 'keyDown', ...SPACE });
      await app.tell('Input.dispatchKeyEvent', { type: 'keyUp', ...SPACE });
      await app.evaluate(AT_REST);
      const [eventMs, taskMs] = [
        await app.evaluate(SLOWEST_EVENT),
        await app.evaluate(LONGEST_TASKS),
      ];
      if (press < WARM_UP) continue;
      eventsMs.push(eventMs);
      tasksMs.push(taskMs);
    }
    return [
      {
        name: 'press-to-painted',
        unit: 'ms',
        what: 'from a key pressed on a switch to the next paint (Event Timing, steps of 8 ms)',
        ours: eventsMs,
        baseline: [],
        goal: { is: 'at most', value: 32, quantile: 0.95 },
        notes: ['nothing under 16 ms is told by the browser; it counts as 16 ms'],
      },
      {
        name: 'press-longest-task',
        unit: 'ms',
        what: 'the longest task of the page in the half second after that press',
        ours: tasksMs,
        baseline: [],
        goal: { is: 'at most', value: 50, quantile: 1 },
        notes: ['nothing up to 50 ms is told by the browser; it counts as 0'],
      },
    ];
  } finally {
    await app.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
