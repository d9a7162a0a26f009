import { mkdir, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { stateFolder } from '../lib/paths.mjs';

/** What Linux calls file systems in memory (statfs(2)): tmpfs and ramfs. */
const IN_MEMORY = [0x01021994, 0x858458f6];

/**
 * A folder for temporary files that lies on a disk. A commit that never reaches one is over before half of what makes it safe
 * has begun, and the rows about commits would tell of something else than what a person waits for.
 *
 * @param {string} [place] where temporary files usually go
 * @param {string} [instead] where they go if that lies in memory; made where it is missing
 * @param {(place: string) => Promise<{ type: number }>} [ask] tells the kind of the file system
 * @returns {Promise<string>}
 */
export async function folderOnDisk(place = tmpdir(), instead = stateFolder(), ask = statfs) {
  if (process.platform !== 'linux') return place;
  const { type } = await ask(place);
  if (!IN_MEMORY.includes(type)) return place;
  await mkdir(instead, { recursive: true });
  return instead;
}
