import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rootFolder } from '../lib/paths.mjs';
import { StepError } from '../lib/step-error.mjs';
import { firstLine, startHelper } from '../run/helper.mjs';
import { installPeers } from './peer.mjs';

/**
 * @typedef {import('./measurements.mjs').Bench} Bench
 * @typedef {import('./rows.mjs').Measured} Measured
 * @typedef {(args: string[]) => Promise<string>} Start runs a server as a process of its own and answers its address
 */

/** Scripts of other servers, and of ours as `npm run server` runs it. */
const servers = join(dirname(fileURLToPath(import.meta.url)), 'servers');
const bareScript = () => join(servers, 'bare.mjs');
const peerScript = () => join(servers, 'c15t.mjs');
const ourScript = () => join(rootFolder(), 'scripts', 'run', 'serve.mjs');

/**
 * Runs work with servers, all of them on this very Node, and with a folder for their data; ends and removes all afterwards.
 *
 * @param {Bench} bench
 * @param {(start: Start, folder: string) => Promise<Measured[]>} work
 */
async function withServers({ run }, work) {
  const folder = await mkdtemp(join(tmpdir(), 'sayso-bench-servers-'));
  /** @type {import('node:child_process').ChildProcess[]} */
  const started = [];
  try {
    return await work(async (args) => {
      const stdio = /** @type {const} */ (['ignore', 'pipe', 'ignore']);
      const child = startHelper(run, process.execPath, args, { stdio });
      started.push(child);
      const output = /** @type {import('node:stream').Readable} */ (child.stdout);
      const line = await firstLine(run, child, output, 'Server');
      const { url } = JSON.parse(line);
      if (typeof url !== 'string') throw new StepError('Server', `no address in: ${line}`);
      return url;
    }, folder);
  } finally {
    for (const child of started.reverse()) await run.keeper.end(child);
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** @param {string} folder @returns {string[]} arguments for our server with a new SQLite file */
const ourArguments = (folder) => [ourScript(), '--port', '0', '--data', join(folder, 'ours')];

/**
 * Decisions a second, one by one and in batches, beside @c15t/backend.
 *
 * @param {Bench} bench
 * @returns {Promise<Measured[]>}
 */
export const measureServer = (bench) =>
  withServers(bench, async (start, folder) => {
    const peers = await installPeers(bench.run);
    const ours = await start(ourArguments(folder));
    const peer = await start([peerScript(), peers, join(folder, 'peer.db')]);
    return bench.program.run({
      measurement: 'server',
      seed: bench.seed,
      pairs: bench.quick ? 3 : 20,
      decisions: bench.quick ? 80 : 800,
      ours,
      peer,
    });
  });

/**
 * The same with our server on PostgreSQL; the peer stays on SQLite, where it is quickest.
 *
 * @param {Bench} bench
 * @returns {Promise<Measured[]>}
 */
export const measureServerOnPostgres = (bench) =>
  withServers(bench, async (start, folder) => {
    const peers = await installPeers(bench.run);
    const peer = await start([peerScript(), peers, join(folder, 'peer.db')]);
    return bench.program.run({
      measurement: 'server-on-postgres',
      seed: bench.seed,
      pairs: bench.quick ? 3 : 10,
      decisions: bench.quick ? 80 : 400,
      command: [process.execPath, ...ourArguments(folder)],
      peer,
    });
  });

/**
 * A long queue beside bare requests.
 *
 * @param {Bench} bench
 * @returns {Promise<Measured[]>}
 */
export const measureQueue = (bench) =>
  withServers(bench, async (start, folder) => {
    const ours = await start(ourArguments(folder));
    const bare = await start([bareScript(), join(folder, 'bare.db')]);
    return bench.program.run({
      measurement: 'queue',
      seed: bench.seed,
      pairs: bench.quick ? 2 : 24,
      decisions: 10_000,
      ours,
      bare,
    });
  });

/**
 * How soon a decision is received once the network is back, and how soon another device shows it.
 *
 * @param {'wake' | 'devices'} measurement
 * @param {{ meant: number, quick: number }} rounds
 * @returns {(bench: Bench) => Promise<Measured[]>}
 */
export function measureClients(measurement, rounds) {
  return (bench) =>
    withServers(bench, async (start, folder) => {
      const ours = await start(ourArguments(folder));
      const pairs = bench.quick ? rounds.quick : rounds.meant;
      return bench.program.run({ measurement, seed: bench.seed, pairs, decisions: 0, ours });
    });
}
