import { measureFirstParty } from './gate.mjs';
import { measureMemory } from './memory.mjs';
import { measureLongLists } from './long-lists.mjs';
import { measurePainted } from './painted.mjs';
import { measurePress } from './press.mjs';
import { measureStart } from './start.mjs';
import { measureClients, measureQueue, measureServer, measureServerOnPostgres } from './sync.mjs';

/**
 * @typedef {object} Bench what a measurement is given
 * @property {import('../lib/child.mjs').Run} run
 * @property {string} executable the Electron
 * @property {import('./program.mjs').Program} program
 * @property {NodeJS.ProcessEnv} env of a desktop session, for what has a window
 * @property {number} seed
 * @property {() => number} random
 * @property {boolean} quick
 *
 * @typedef {object} Measurement
 * @property {string[]} names the rows it makes
 * @property {(bench: Bench) => Promise<import('./rows.mjs').Measured[]>} measure
 */

/**
 * A measurement that runs inside Electron's own Node, with its counts when it is meant and when it is only tried.
 *
 * @param {string} measurement
 * @param {string[]} names
 * @param {{ pairs: number, decisions: number }} counts
 * @param {{ pairs: number, decisions: number }} quickCounts
 * @returns {Measurement}
 */
function inNode(measurement, names, counts, quickCounts) {
  return {
    names,
    measure: ({ program, seed, quick }) =>
      program.run({ measurement, seed, ...(quick ? quickCounts : counts) }),
  };
}

/** In the order in which they run. @type {Measurement[]} */
export const MEASUREMENTS = [
  inNode(
    'commit',
    ['handler-to-commit', 'handler-to-commit-writes'],
    { pairs: 1000, decisions: 0 },
    { pairs: 50, decisions: 0 },
  ),
  inNode(
    'ledger-check',
    ['ledger-check'],
    { pairs: 20, decisions: 5_000 },
    { pairs: 3, decisions: 500 },
  ),
  {
    names: ['press-to-saved', 'least-press', 'press-to-saved-beside-c15t'],
    measure: measurePress,
  },
  { names: ['press-to-painted', 'press-longest-task'], measure: measurePainted },
  { names: ['page-long-lists'], measure: measureLongLists },
  inNode(
    'gate-close',
    ['withdraw-to-closed'],
    { pairs: 1000, decisions: 0 },
    { pairs: 50, decisions: 0 },
  ),
  { names: ['first-party-request'], measure: measureFirstParty },
  {
    names: ['start-to-interactive', 'start-to-last-lines', 'start-to-first-switch', 'whole-check'],
    measure: measureStart,
  },
  { names: ['memory'], measure: measureMemory },
  inNode(
    'effective-state',
    ['effective-state'],
    { pairs: 3000, decisions: 1_000_000 },
    { pairs: 300, decisions: 5_000 },
  ),
  { names: ['server-one', 'server-batch'], measure: measureServer },
  { names: ['server-one-postgres', 'server-batch-postgres'], measure: measureServerOnPostgres },
  { names: ['queue-10000'], measure: measureQueue },
  {
    names: ['wake', 'wake-without-hint'],
    measure: measureClients('wake', { meant: 100, quick: 5 }),
  },
  { names: ['device-to-device'], measure: measureClients('devices', { meant: 100, quick: 5 }) },
];
