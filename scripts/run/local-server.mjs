import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stateFolder } from '../lib/paths.mjs';
import { StepError } from '../lib/step-error.mjs';
import { firstLine, startHelper } from './helper.mjs';
import { rememberPort, rememberedPort } from './remembered-port.mjs';

const STEP = 'Reference server';

/**
 * Runs work while the reference server runs on this machine, with its data inside the clone.
 *
 * @template T
 * @param {import('../lib/child.mjs').Run} run
 * @param {(server: { url: string, logFile: string }) => Promise<T>} work
 * @returns {Promise<T>} what the work returned
 * @throws {StepError} where the server does not start, and whatever the work throws
 */
export async function withLocalServer(run, work) {
  const state = stateFolder();
  const portFile = join(state, 'server-port.json');
  const logFile = join(state, 'server.log');
  await mkdir(state, { recursive: true });
  const script = join(dirname(fileURLToPath(import.meta.url)), 'serve.mjs');
  const args = [
    script,
    '--port',
    String(await rememberedPort(portFile)),
    '--data',
    join(state, 'server'),
  ];
  const child = startHelper(run, process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const output = /** @type {import('node:stream').Readable} */ (child.stdout);
    const log = createWriteStream(logFile);
    output.pipe(log);
    child.stderr?.pipe(log);
    const url = addressIn(await firstLine(run, child, output, STEP));
    await rememberPort(portFile, url);
    return await work({ url, logFile });
  } finally {
    await run.keeper.end(child);
  }
}

/**
 * @param {string} line first line that the server writes
 * @returns {string} its address
 * @throws {StepError} where it is not the agreed line
 */
function addressIn(line) {
  try {
    return new URL(JSON.parse(line).url).origin;
  } catch {
    throw new StepError(STEP, `its first line is not {"url":…}: ${line}`);
  }
}
