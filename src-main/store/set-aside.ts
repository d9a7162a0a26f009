import { existsSync, renameSync } from 'node:fs';

/** SQLite's own files beside a database. */
const SUFFIXES = ['', '-wal', '-shm'];

/**
 * Moves a database that cannot be used out of the way, with its log; nothing is deleted.
 * @param file path of the database.
 * @param nowMs for the name.
 * @returns where it is now.
 */
export function setAside(file: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');
  let target = `${file}.set-aside-${stamp}`;
  for (let copy = 2; existsSync(target); copy += 1) target = `${file}.set-aside-${stamp}-${copy}`;
  for (const suffix of SUFFIXES) {
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${target}${suffix}`);
  }
  return target;
}
