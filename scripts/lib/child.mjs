import { constants } from 'node:os';

/**
 * @typedef {{ keeper: import('./keeper.mjs').Keeper, signal: AbortSignal }} Run what every long-running function is given:
 *   the keeper of started processes, and a signal that says the user wants to stop
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Ending exit code, or the signal that ended the process
 * @typedef {Ending & { stdout: string, stderr: string, timedOut: boolean }} Captured
 * @typedef {import('node:child_process').SpawnOptions} SpawnOptions
 */

/**
 * Runs a program to its end. If the user stops the run meanwhile, the program is ended too.
 *
 * @param {Run} run
 * @param {string} command
 * @param {string[]} args
 * @param {SpawnOptions & { timeoutMs?: number, onStart?: (child: import('node:child_process').ChildProcess) => void }} [options]
 *   `timeoutMs` ends a program that takes longer; `onStart` gets the child before it does anything
 * @returns {Promise<Ending & { timedOut: boolean }>}
 * @throws where the program cannot be started, and the reason of `run.signal` once that is aborted
 */
export async function runChild(run, command, args, { timeoutMs, onStart, ...options } = {}) {
  run.signal.throwIfAborted();
  const child = run.keeper.start(command, args, options);
  onStart?.(child);
  let timedOut = false;
  const stop = async () => {
    await run.keeper.end(child);
    // A grandchild that lives on may hold the pipes open; nobody waits for what it still writes.
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  run.signal.addEventListener('abort', stop, { once: true });
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          void stop();
        }, timeoutMs);
  try {
    const ending = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    run.signal.throwIfAborted();
    return { ...ending, timedOut };
  } finally {
    clearTimeout(timer);
    run.signal.removeEventListener('abort', stop);
  }
}

/**
 * Runs a program to its end and collects what it writes.
 *
 * @param {Run} run
 * @param {string} command
 * @param {string[]} args
 * @param {SpawnOptions & { timeoutMs?: number, input?: string }} [options] `input` is written to its standard input
 * @returns {Promise<Captured>}
 * @throws as `runChild`
 */
export async function capture(run, command, args, { input, ...options } = {}) {
  /** @type {Record<'stdout' | 'stderr', Buffer[]>} */
  const chunks = { stdout: [], stderr: [] };
  const ending = await runChild(run, command, args, {
    ...options,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    onStart: (child) => {
      child.stdout?.on('data', (chunk) => chunks.stdout.push(chunk));
      child.stderr?.on('data', (chunk) => chunks.stderr.push(chunk));
      // A program that ends without reading its input is no error of ours: its exit code tells.
      child.stdin?.on('error', () => {});
      child.stdin?.end(input);
    },
  });
  return {
    ...ending,
    stdout: Buffer.concat(chunks.stdout).toString(),
    stderr: Buffer.concat(chunks.stderr).toString(),
  };
}

/**
 * @param {Ending} ending
 * @returns {number} the exit code a shell would report: 128 plus the signal's number for a process ended by a signal
 */
export function exitCodeOf({ code, signal }) {
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

/**
 * @param {Ending & { timedOut?: boolean }} ending
 * @returns {string} how a process ended, in words
 */
export function describeEnding({ code, signal, timedOut }) {
  if (timedOut) return 'it took too long';
  return signal ? `it was ended by ${signal}` : `it ended with code ${code}`;
}

/**
 * @param {string} output
 * @param {number} [lines] how many
 * @returns {string} the last lines of a program's output, indented
 */
export function tail(output, lines = 15) {
  return output
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map((line) => `  ${line}`)
    .join('\n');
}

/**
 * @param {string} output
 * @param {number} [lines] how many
 * @returns {string} the first lines of a program's output, indented: npm names the cause first and explains later
 */
export function head(output, lines = 15) {
  return output
    .trim()
    .split('\n')
    .slice(0, lines)
    .map((line) => `  ${line}`)
    .join('\n');
}
