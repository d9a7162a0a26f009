import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOptions, USAGE } from './options.js';
import { rotateKey } from './rotate-key.js';
import { startServer } from './start.js';

/**
 * The reference server as a command. The first and only line on stdout says where it listens; everything else goes to
 * stderr. SIGTERM and SIGINT stop it, SIGHUP has it read the profiles again. With `--rotate-key` it only changes keys, and the line says which. Exit codes: 2 for wrong arguments, 1 when it cannot start.
 * @param argv the arguments after the script's name.
 */
export async function main(argv: string[]): Promise<void> {
  const options = readOptions(argv);
  if (!options.ok) {
    process.stderr.write(`sayso server: ${options.error}\n${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  try {
    if (options.value.rotateKey) {
      const rotation = await rotateKey(options.value, randomBytes, Date.now());
      process.stdout.write(`${JSON.stringify(rotation)}\n`);
      return;
    }
    const services = options.value.services ?? ownServices();
    const server = await startServer({ ...options.value, services }, process.stderr);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => void server.stop().catch(fail));
    }
    // On Windows this says that the console is being closed, and the process with it.
    if (process.platform !== 'win32') process.on('SIGHUP', () => void server.republish());
    const { url, metricsUrl } = server;
    const said = { url, pid: process.pid, ...(metricsUrl === null ? {} : { metrics: metricsUrl }) };
    process.stdout.write(`${JSON.stringify(said)}\n`);
  } catch (error) {
    fail(error);
  }
}

/** Where the profiles lie, seen from the bundle `out/server/index.js`. */
function ownServices(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'resources', 'services');
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`sayso server: ${message}\n`);
  process.exitCode = 1;
}
