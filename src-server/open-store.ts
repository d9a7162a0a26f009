import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createSqliteStore, openSqliteFile } from './store/sqlite.js';
import type { Store } from './store/store.js';

/**
 * Opens the database in the folder `data`; both are made when missing.
 * @throws an error that names the file and what is wrong with it.
 */
export async function openStore(data: string, nowMs: number): Promise<Store> {
  // Only for the owner: it holds password hashes, decisions and the key that receipts are signed with.
  await mkdir(data, { recursive: true, mode: 0o700 });
  const file = join(data, 'server.db');
  try {
    // SQLite would make the file as open as the process's mask allows; in a folder that was there before, that counts.
    await (await open(file, 'a', 0o600)).close();
    return await createSqliteStore(openSqliteFile(file), nowMs);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot use ${file}: ${message}`, { cause: error });
  }
}
