import { readdir, lstat } from 'node:fs/promises';
import path from 'node:path';

/** A file or folder at the top of the profile, with everything in it. */
export interface ProfileFile {
  readonly name: string;
  readonly bytes: number;
  /** When it came about, milliseconds since 1970; null where the disk does not tell. */
  readonly sinceMs: number | null;
}

/** What really lies in the profile's folder. What goes while it is looked at is not there. */
export async function readProfileFiles(folder: string): Promise<ProfileFile[]> {
  const names = await readdir(folder).catch(() => []);
  const files: ProfileFile[] = [];
  for (const name of names.toSorted()) {
    const file = path.join(folder, name);
    const about = await lstat(file).catch(() => null);
    if (!about) continue;
    const bytes = about.isDirectory() ? await bytesBelow(file) : about.size;
    files.push({ name, bytes, sinceMs: about.birthtimeMs > 0 ? about.birthtimeMs : null });
  }
  return files;
}

async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    const about = await lstat(path.join(folder, entry)).catch(() => null);
    if (about?.isFile()) bytes += about.size;
  }
  return bytes;
}
