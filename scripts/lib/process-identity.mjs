import { readFileSync } from 'node:fs';

/**
 * Whether a process with this id is running, whoever owns it.
 *
 * @param {number} pid
 * @returns {boolean}
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * When a process was started, as the kernel counts it. Process ids are used again after a while; together with this one
 * can tell whether an id still means the same process.
 *
 * @param {number} pid
 * @returns {string | undefined} clock ticks since boot; undefined where the system does not tell (not Linux, or no such process)
 */
export function startTicks(pid) {
  try {
    // The second field is the command in parentheses and may itself hold spaces and parentheses: count after the last one.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
