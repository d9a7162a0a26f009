import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 * @typedef {object} Keeper starts processes and remembers those still running, so that none is left behind
 * @property {(command: string, args: string[], options?: import('node:child_process').SpawnOptions) => ChildProcess} start
 * @property {(child: ChildProcess, graceMs?: number) => Promise<void>} end asks a process to end and ends it by force if it
 *   has not within `graceMs`; resolves when it is gone
 * @property {() => Promise<void>} endAll ends whatever is still running, the youngest first
 * @property {() => void} killNow ends everything by force without waiting, for the moment before this process exits
 */

/** How long a process may take to end after it was asked to. */
const GRACE_MS = 5000;

/** @returns {Keeper} */
export function createKeeper() {
  /** @type {Set<ChildProcess>} */
  const running = new Set();

  /** @type {Keeper['start']} */
  const start = (command, args, options = {}) => {
    const child = spawn(command, args, { windowsHide: true, ...options });
    running.add(child);
    child.once('exit', () => running.delete(child));
    child.once('error', () => {
      if (child.pid === undefined) running.delete(child);
    });
    return child;
  };

  /** @type {Keeper['end']} */
  const end = async (child, graceMs = GRACE_MS) => {
    if (hasEnded(child)) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const waiting = new AbortController();
    await Promise.race([
      gone,
      pause(graceMs, undefined, { signal: waiting.signal }).catch(() => {}),
    ]);
    waiting.abort();
    if (!hasEnded(child)) child.kill('SIGKILL');
    await gone;
  };

  const endAll = async () => {
    for (const child of [...running].reverse()) await end(child);
  };

  const killNow = () => {
    for (const child of running) child.kill('SIGKILL');
  };

  return { start, end, endAll, killNow };
}

/**
 * @param {ChildProcess} child
 * @returns {boolean} whether it has ended, or never began
 */
function hasEnded(child) {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
