import { chmod, mkdtemp, readFile, rm, statfs } from 'node:fs/promises';
import { availableMemory } from 'node:process';
import { join } from 'node:path';

/** Where Linux keeps files in memory. */
const PLACE = '/dev/shm';

/** Room that has to be there, in bytes, in the place and in memory as a whole: many times what the tests have at once. */
const NEEDED_BYTES = 8 * 1024 ** 3;

/**
 * @typedef {object} Machine what is asked of the machine; for tests
 * @property {string} place
 * @property {string} mountsFile the list of what is mounted, as Linux has it
 * @property {number} neededBytes
 */

/**
 * Runs work with an environment whose temporary files lie in memory, where Linux has room for that. Nearly every test opens
 * databases, and each of their commits waits for the disk, although nothing but a power cut could tell the difference. Where
 * there is no such room, or somebody has chosen a place (`TMPDIR`), the environment stays as it is.
 *
 * @template T
 * @param {NodeJS.ProcessEnv} env
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work
 * @param {Machine} [machine]
 * @returns {Promise<T>} what the work returned
 */
export async function withMemoryFolder(
  env,
  work,
  machine = { place: PLACE, mountsFile: '/proc/self/mounts', neededBytes: NEEDED_BYTES },
) {
  if (env.TMPDIR !== undefined || !(await hasRoom(machine))) return await work(env);
  const folder = await mkdtemp(join(machine.place, 'sayso-'));
  try {
    // Programs that may not run as root have to get through to what is theirs inside.
    await chmod(folder, 0o711);
    return await work({ ...env, TMPDIR: folder });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/**
 * @param {Machine} machine
 * @returns {Promise<boolean>} whether files there lie in memory, can be executed and have room
 */
async function hasRoom({ place, mountsFile, neededBytes }) {
  const mounts = await readFile(mountsFile, 'utf8').catch(() => '');
  // The last one counts: it covers what was mounted before it.
  const mount = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .findLast(([, path]) => path === place);
  const [, , type, options = ''] = mount ?? [];
  const given = options.split(',');
  if (type !== 'tmpfs' || !given.includes('rw') || given.includes('noexec')) return false;
  const { bavail, bsize } = await statfs(place);
  return Math.min(bavail * bsize, availableMemory()) >= neededBytes;
}
