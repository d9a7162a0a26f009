import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { rootFolder } from '../lib/paths.mjs';

/**
 * @typedef {object} RunningServer the reference server as a process of its own
 * @property {string} url its address, without a slash at the end
 * @property {number} pid
 * @property {() => Promise<void>} stop ends it and waits until it is gone
 */

/**
 * Starts the built reference server on loopback.
 *
 * @param {string} dataFolder
 * @param {number} [port] a certain port, to come back under the same address; by default any free one
 * @param {string} [servicesFolder] other service profiles than those that come with the server
 * @param {readonly string[]} [more] further arguments
 * @returns {Promise<RunningServer>}
 * @throws {Error} where it ends before it says its address
 */
export async function startServer(dataFolder, port = 0, servicesFolder, more = []) {
  const built = join(rootFolder(), 'out', 'server', 'index.js');
  const program = `import(process.argv[1]).then((server) => server.main(process.argv.slice(2)))`;
  const args = ['-e', program, built, '--port', String(port), '--data', dataFolder];
  if (servicesFolder !== undefined) args.push('--services', servicesFolder);
  args.push(...more);
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), gone.then(() => null)]);
  if (first === null) throw new Error('the reference server ended before it was ready');
  const { url, pid } = JSON.parse(first[0]);
  return {
    url,
    pid,
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** @param {string} url @returns {number} the port of an address on loopback */
export function portOf(url) {
  return Number(new URL(url).port);
}
