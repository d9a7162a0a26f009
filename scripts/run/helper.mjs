import { existsSync } from 'node:fs';
import { StepError } from '../lib/step-error.mjs';

/**
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 * @typedef {import('../lib/child.mjs').Run} Run
 */

/** Starts a program so that the kernel ends it when its parent is gone, even by `kill -9`. Part of util-linux. */
const SETPRIV = '/usr/bin/setpriv';

/** How long a helper may take to become ready; on a quiet machine it is a fraction of a second. */
const READY_TIMEOUT_MS = 30_000;

/**
 * Starts a program that others depend on, such as a display server or the reference server.
 *
 * @param {Run} run
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {ChildProcess}
 */
export function startHelper(run, command, args, options) {
  const withKernel = process.platform === 'linux' && existsSync(SETPRIV);
  const [program, before] = withKernel
    ? [SETPRIV, ['--pdeathsig', 'KILL', '--', command]]
    : [command, []];
  // Out of the terminal's reach: on Ctrl-C a display or a bus must outlive the programs that use it.
  const detached = process.platform !== 'win32';
  return run.keeper.start(program, [...before, ...args], { ...options, detached });
}

/**
 * Waits for the first line that a program writes. What it writes later is read and thrown away, so that it never blocks.
 *
 * @param {Run} run
 * @param {ChildProcess} child
 * @param {NodeJS.ReadableStream} stream where the line comes
 * @param {string} name of the program, for messages
 * @returns {Promise<string>} the line without its end
 * @throws {StepError} where the program ends first or says nothing in time
 */
export async function firstLine(run, child, stream, name) {
  let errors = '';
  child.stderr?.on('data', (chunk) => (errors = `${errors}${chunk}`.slice(-2000)));
  return await new Promise((resolve, reject) => {
    let text = '';
    /** @param {string} what */
    const fail = (what) =>
      reject(
        run.signal.aborted
          ? run.signal.reason
          : new StepError(name, `${what}\n${errors}`.trimEnd()),
      );
    const timer = setTimeout(
      () => fail(`it was not ready after ${READY_TIMEOUT_MS / 1000} s.`),
      READY_TIMEOUT_MS,
    );
    child.once('error', (error) => fail(error.message));
    child.once('close', (code, signal) => fail(`it ended at once (${signal ?? `code ${code}`}).`));
    run.signal.addEventListener('abort', () => fail('stopped'), { once: true });
    stream.on('data', (chunk) => {
      if (text.includes('\n')) return;
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve(text.slice(0, text.indexOf('\n')));
    });
  });
}
