import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withMemoryFolder } from '../../../scripts/run/memory-folder.mjs';
import { temporaryFolder } from './temporary.js';

/** A machine where `place` is mounted with these words. */
async function machine(options: string, neededBytes = 1) {
  const folder = await temporaryFolder();
  const place = path.join(folder, 'shm');
  await mkdir(place);
  const mountsFile = path.join(folder, 'mounts');
  await writeFile(mountsFile, `proc /proc proc rw 0 0\ntmpfs ${place} ${options} 0 0\n`);
  return { place, mountsFile, neededBytes };
}

describe('a folder in memory for temporary files', () => {
  it('is there while the work runs, open to pass through, and gone afterwards', async () => {
    const given = await machine('tmpfs rw,relatime');
    const seen = await withMemoryFolder(
      { LANG: 'C' },
      async (env) => {
        await writeFile(path.join(env.TMPDIR ?? '', 'left'), 'over');
        return { env, mode: (await stat(env.TMPDIR ?? '')).mode & 0o777 };
      },
      given,
    );
    expect(seen.env).toEqual({ LANG: 'C', TMPDIR: expect.stringContaining(given.place) });
    expect(seen.mode).toBe(0o711);
    expect(await readdir(given.place)).toEqual([]);
  });

  it('is gone after work that fails, too', async () => {
    const given = await machine('tmpfs rw');
    const work = withMemoryFolder({}, () => Promise.reject(new Error('no')), given);
    await expect(work).rejects.toThrow('no');
    expect(await readdir(given.place)).toEqual([]);
  });

  it.each([
    ['is on a disk', 'ext4 rw'],
    ['takes no programs', 'tmpfs rw,noexec'],
    ['takes no files', 'tmpfs ro'],
  ])('is not made where the place %s', async (_why, options) => {
    const env = { LANG: 'C' };
    const used = await withMemoryFolder(
      env,
      (given) => Promise.resolve(given),
      await machine(options),
    );
    expect(used).toBe(env);
  });

  it('is not made without room, without the place, or against a choice', async () => {
    const same = (env: NodeJS.ProcessEnv, given: Awaited<ReturnType<typeof machine>>) =>
      withMemoryFolder(env, (used) => Promise.resolve(used === env), given);
    expect(await same({}, await machine('tmpfs rw', Number.MAX_SAFE_INTEGER))).toBe(true);
    const missing = { ...(await machine('tmpfs rw')), mountsFile: '/nowhere/mounts' };
    expect(await same({}, missing)).toBe(true);
    expect(await same({ TMPDIR: '/elsewhere' }, await machine('tmpfs rw'))).toBe(true);
  });
});
