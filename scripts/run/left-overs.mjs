import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from '../lib/say.mjs';

/** The environment variable that marks every process of one run, also those whose parent is gone. */
export const RUN_ID = 'SAYSO_RUN_ID';

/** How long left-over processes may take to end after they were asked to. */
const GRACE_MS = 3000;

/**
 * Ends processes that a run has left behind, such as an app whose test was broken off: those, and only those, that carry the
 * run's id in their environment. Linux only; elsewhere nothing is found.
 *
 * @param {string} runId
 * @returns {Promise<void>}
 */
export async function endLeftOvers(runId) {
  const found = await findProcesses(runId);
  if (found.length === 0) return;
  for (const { pid } of found) send(pid, 'SIGTERM');
  const deadlineMs = Date.now() + GRACE_MS;
  let left = found;
  while (left.length > 0 && Date.now() < deadlineMs) {
    await pause(50);
    left = await findProcesses(runId);
  }
  for (const { pid } of left) send(pid, 'SIGKILL');
  say(
    `ended ${found.length} left-over process${found.length === 1 ? '' : 'es'}: ${found.map(({ pid, name }) => `${name} (${pid})`).join(', ')}`,
  );
}

/**
 * @param {string} runId
 * @returns {Promise<{ pid: number, name: string }[]>} every process that carries the id, except this one
 */
async function findProcesses(runId) {
  const marker = Buffer.from(`${RUN_ID}=${runId}\0`);
  const pids = (await readdir('/proc').catch(() => []))
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`).catch(() => undefined);
      if (!environment?.includes(marker)) return undefined;
      return { pid, name: (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '?')).trim() };
    }),
  );
  return found.filter((process) => process !== undefined);
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}
