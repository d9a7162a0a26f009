import { open, rename, rm } from 'node:fs/promises';
import { failed, ok, type Result } from '../../src-shared/result.js';

/** What stands behind a file that could not be written, as far as the person can do something about it. */
export type WriteCause = 'full' | 'read-only' | 'gone' | 'broken';

const CAUSES: Readonly<Record<string, WriteCause>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  ENOENT: 'gone',
  ENOTDIR: 'gone',
};

/**
 * Writes a file whole or not at all: beside its place first, on the disk before it takes the place. Only this user may
 * read it, because it tells what a person has decided.
 * @param path an absolute path; a file that is already there is replaced.
 * @param newName makes a part of a file name that nobody else uses.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  newName: () => string,
): Promise<Result<null, WriteCause>> {
  const beside = `${path}.${newName()}.part`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(content, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    return ok(null);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return failed(CAUSES[code] ?? 'broken');
  }
}
