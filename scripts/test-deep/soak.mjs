import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProgram } from '../bench/program.mjs';
import { rootFolder } from '../lib/paths.mjs';
import { say } from '../lib/say.mjs';
import { firstLine, startHelper } from '../run/helper.mjs';

/** Memory at the end ÷ memory after the warm-up. */
const MOST_GROWTH = 1.1;

/**
 * @typedef {object} Soaked
 * @property {boolean} passed
 * @property {string[]} lines Markdown
 */

/**
 * Keeps the reference server, as `npm run server` runs it, under mixed load for a while and looks at its memory.
 *
 * @param {import('../lib/child.mjs').Run} run
 * @param {string} executable the Electron that acts as Node for the load
 * @param {number} seed
 * @param {number} seconds
 * @returns {Promise<Soaked>}
 */
export async function runSoak(run, executable, seed, seconds) {
  const program = await bundleProgram(run, executable);
  const folder = await mkdtemp(join(tmpdir(), 'sayso-soak-'));
  const script = join(rootFolder(), 'scripts', 'run', 'serve.mjs');
  const args = [script, '--port', '0', '--data', join(folder, 'data')];
  const stdio = /** @type {const} */ (['ignore', 'pipe', 'ignore']);
  const server = startHelper(run, process.execPath, args, { stdio });
  try {
    const output = /** @type {import('node:stream').Readable} */ (server.stdout);
    const { url, pid } = JSON.parse(await firstLine(run, server, output, 'Server'));
    say(`soak: ${seconds} s of load`);
    const found = await program.run({ measurement: 'soak', seed, ours: url, pid, seconds });
    const passed = passes(found);
    return { passed, lines: linesOf(found, passed) };
  } finally {
    await run.keeper.end(server);
    await program.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {any} found what test/bench/soak/soak.ts answers */
function passes({ errors, memory }) {
  return errors.length === 0 && memory.lastBytes <= memory.firstBytes * MOST_GROWTH;
}

/**
 * @param {any} found
 * @param {boolean} passed
 * @returns {string[]}
 */
function linesOf(found, passed) {
  const { seconds, requests, perSecond, mostPerSecond, signIns, events, errors, memory } = found;
  const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  return [
    `${passed ? 'Passed' : '**Failed**'}: the server for ${seconds.toFixed(0)} s under mixed load (decisions one by one and in small batches, repeats, pulls, documents, sessions, 16 event streams) at ${perSecond.toFixed(0)} requests/s of the ${mostPerSecond.toFixed(0)} that it took at most; goal: no error, memory at the end <= ${MOST_GROWTH} of that after the warm-up.`,
    '',
    `- ${requests} requests, ${signIns} sign-ins with sign-out, ${events} events, ${errors.length} errors`,
    `- resident memory: ${megabytes(memory.firstBytes)} after the first fifth, ${megabytes(memory.lastBytes)} at the end, ${megabytes(memory.bytesPerMinute)} a minute by the line through all samples after it`,
    ...errors.map((/** @type {string} */ error) => `- error: ${error.replaceAll(/\s+/g, ' ')}`),
  ];
}
