import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Beside the database: which profile this folder belongs to. A database from elsewhere is known by it. */
const MARK_FILE = 'profile-id';

/** The id of the profile whose folder this is; null where there is no mark, or one that is no id. */
export function readProfileMark(folder: string): string | null {
  const file = path.join(folder, MARK_FILE);
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8').trim();
  return /^[A-Za-z0-9-]{8,64}$/.test(text) ? text : null;
}

export function writeProfileMark(folder: string, profileId: string): void {
  writeFileSync(path.join(folder, MARK_FILE), `${profileId}\n`, { mode: 0o600 });
}
