import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { failed, ok, type Result } from '../src-shared/result.js';
import { openFailureOf, openStore, setAside, type OpenFailure, type Store } from './store/index.js';

/** A profile that can be worked with. */
export interface OpenedProfile<Value> {
  readonly value: Value;
  /** Where a database went that could not be read; null when there was none. */
  readonly setAside: string | null;
}

/** Beside the database: it was found to be damaged while it was open, and is to be put aside at the next start. */
const damagedMark = (file: string): string => `${file}.damaged`;

/** Notes that the database is damaged. */
export function markDamaged(file: string): void {
  writeFileSync(damagedMark(file), '');
}

/**
 * Opens the database of a profile. One that is broken beyond opening is put aside, never deleted, and a new one is begun;
 * what the services have comes back with the next sign-in.
 * @param use builds on the store and reads all that has to be readable; where it throws, the database counts as broken.
 * @param onFresh told of the store that takes the place of a broken one, before it is used.
 */
export function openProfile<Value>(
  file: string,
  newId: () => string,
  nowMs: () => number,
  use: (store: Store) => Value,
  onFresh: (store: Store) => void,
): Result<OpenedProfile<Value>, OpenFailure> {
  const opened = existsSync(damagedMark(file))
    ? failed<OpenFailure>({ code: 'broken', detail: 'was found to be damaged' })
    : openStore(file, newId);
  if (opened.ok) {
    try {
      return ok({ value: use(opened.value), setAside: null });
    } catch (error) {
      opened.value.close();
      if (!(error instanceof Error) || error.name !== 'SqliteError') throw error;
      const failure = openFailureOf(error);
      // A full or failing disk says nothing about what is on it.
      if (failure.code !== 'broken') return failed(failure);
    }
  } else if (opened.error.code !== 'broken') return opened;
  const target = setAside(file, nowMs());
  rmSync(damagedMark(file), { force: true });
  const fresh = openStore(file, newId);
  if (!fresh.ok) return fresh;
  onFresh(fresh.value);
  return ok({ value: use(fresh.value), setAside: target });
}
