import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isCopyOfService } from '../store/index.js';

/** The copies beside the database that hold this one service, put there when its ledger was begun anew. */
export function copiesOf(databaseFile: string, service: string): string[] {
  const folder = path.dirname(databaseFile);
  const begin = `${path.basename(databaseFile)}.set-aside-`;
  return readdirSync(folder)
    .filter((name) => name.startsWith(begin) && !/-(wal|shm|journal)$/.test(name))
    .map((name) => path.join(folder, name))
    .filter((file) => isCopyOfService(file, service));
}
