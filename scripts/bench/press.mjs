import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { rootFolder } from '../lib/paths.mjs';
import { electronArguments } from '../run/electron-arguments.mjs';
import {
  AT_REST,
  LEAST_PAGE,
  pressOnce,
  pressToSaved,
  ROUND_TRIP_AND_COMMIT,
  SAVE_NO_LONGER_SHOWN,
  whenShown,
} from './in-page.mjs';
import { folderOnDisk } from './on-disk.mjs';
import { alternate } from './pairs.mjs';
import { servePeerPage } from './peer.mjs';
import { startPiped } from './pipe.mjs';
import { median } from './statistics.mjs';

/** Nobody listens on the discard port of this machine: every connection is refused at once. */
const NOBODY = 'http://127.0.0.1:9';
const WARM_UP = 3;

/**
 * From a press on a switch to the words "Saved on this device", beside an empty call to the main process and back plus the
 * same statements committed there by bare better-sqlite3, and beside a decision in c15t whose service is out of reach. Also what
 * the first of these takes in a page that does nothing else, since a call and a commit by themselves are no press yet.
 *
 * @param {import('./measurements.mjs').Bench} bench
 * @returns {Promise<import('./rows.mjs').Measured[]>}
 */
export async function measurePress({ run, executable, program, env, random, seed, quick }) {
  const pairs = quick ? 4 : 40;
  const folder = await mkdtemp(join(await folderOnDisk(), 'sayso-bench-press-'));
  /** @type {(() => Promise<void>)[]} */
  const undo = [];
  const emptyApp = join(rootFolder(), 'test', 'bench', 'empty-app', 'main.mjs');
  const start = (/** @type {string[]} */ args) => {
    const offline = { ...env, SAYSO_SERVER: NOBODY };
    const app = startPiped(run, executable, electronArguments(args), offline);
    undo.push(app.kill);
    return app;
  };
  try {
    await program.run({
      measurement: 'recording',
      seed,
      // Each of two rows commits one a pair, and the least press one more.
      pairs: 3 * (pairs + WARM_UP),
      decisions: 0,
      folder,
    });
    const app = start([
      join(rootFolder(), 'out', 'main', 'index.js'),
      `--user-data-dir=${join(folder, 'profile')}`,
      '--lang=en-US',
    ]);
    const bare = start([
      emptyApp,
      `--user-data-dir=${join(folder, 'empty')}`,
      `--recording=${join(folder, 'recording.json')}`,
    ]);
    await app.evaluateOnceLoaded(whenShown('[role=switch]', pressOnce('Privacy')));
    await bare.evaluateOnceLoaded(whenShown('button'));
    // Both begin from the same rest: a process that has just run is faster, whatever it does.
    const rest = async (/** @type {ReturnType<typeof start>} */ other) => {
      await app.evaluate(SAVE_NO_LONGER_SHOWN);
      await Promise.all([app.evaluate(AT_REST), other.evaluate(AT_REST)]);
    };
    const press = () => app.evaluate(pressToSaved('[role=switch]'));
    const beside = await alternate({
      pairs,
      warmUp: WARM_UP,
      random,
      ours: () => rest(bare).then(press),
      baseline: () => rest(bare).then(() => bare.evaluate(ROUND_TRIP_AND_COMMIT)),
    });
    const least = await alternate({
      pairs,
      warmUp: WARM_UP,
      random,
      async ours() {
        await bare.evaluate(LEAST_PAGE);
        await bare.evaluate(AT_REST);
        return bare.evaluate(pressToSaved('button'));
      },
      baseline: () => bare.evaluate(AT_REST).then(() => bare.evaluate(ROUND_TRIP_AND_COMMIT)),
    });
    await undo.pop()?.();

    const page = await servePeerPage(run);
    undo.push(page.close);
    const peer = start([emptyApp, `--user-data-dir=${join(folder, 'peer')}`, `--page=${page.url}`]);
    await peer.evaluateOnceLoaded(`new Promise((ready) => {
      const look = () => (globalThis.settled ? ready() : setTimeout(look, 20));
      look();
    }).then(() => globalThis.settled())`);
    /** @type {{ doneMs: number, keptMs: number | null, queuedMs: number | null }[]} */
    const decisions = [];
    const besidePeer = await alternate({
      pairs: quick ? 2 : 15,
      warmUp: 1,
      random,
      ours: () => rest(peer).then(press),
      async baseline() {
        const decision = await peer.evaluate('globalThis.decide()');
        decisions.push(decision);
        return decision.doneMs;
      },
    });
    return [
      {
        name: 'press-to-saved',
        unit: 'ms',
        what: 'from the press on a switch to "Saved on this device" ÷ an empty call to the main process and back plus the same statements committed there by bare better-sqlite3',
        ...beside,
        goal: { is: 'at most', ratio: 1.5 },
        notes: [],
      },
      {
        name: 'least-press',
        unit: 'ms',
        what: 'from the press on a button of a page without anything else to a sentence, once those statements are committed by bare better-sqlite3 ÷ the same call and commit as in press-to-saved',
        ...least,
        goal: null,
        notes: ['what of press-to-saved is none of Sayso’s doing: no press can be quicker here'],
      },
      {
        name: 'press-to-saved-beside-c15t',
        unit: 'ms',
        what: 'the same press ÷ a decision in c15t 2.2.1 (hosted mode, service out of reach) until c15t says it is done',
        ...besidePeer,
        goal: { is: 'at most', ratio: 0.01 },
        notes: [peerNote(decisions)],
      },
    ];
  } finally {
    for (const step of undo.reverse()) await step();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** @param {{ keptMs: number | null, queuedMs: number | null }[]} decisions */
function peerNote(decisions) {
  const inMs = (/** @type {(number | null)[]} */ values) => {
    const known = values.filter((value) => value !== null);
    return known.length > 0 ? `${median(known).toFixed(1)} ms` : 'never';
  };
  const kept = inMs(decisions.map(({ keptMs }) => keptMs));
  const queued = inMs(decisions.map(({ queuedMs }) => queuedMs));
  return `c15t: the choice lay in the page's storage after ${kept} (median; no commit to disk is waited for), the decision to be sent after ${queued}`;
}
