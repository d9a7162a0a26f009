/** What stands behind a failed database call, as far as the person can do something about it. */
export type StoreCause = 'full' | 'read-only' | 'busy' | 'broken';

const CAUSES: readonly (readonly [RegExp, StoreCause])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'full'],
  [/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EROFS|EACCES|EPERM)/, 'read-only'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'busy'],
];

/** A read that found less than there should be is the file's fault, every other failed call the disk's. */
const DISK = /^(SQLITE_IOERR(?!_SHORT_READ|_CORRUPTFS)|EIO$)/;

/** Whether the disk did not do what it was asked to, which says nothing about what is on it. */
export function hasDiskFailed(error: unknown): boolean {
  return DISK.test(codeOf(error));
}

/** The cause by the error's `code` (SQLite's extended result codes, or the system's), never by its message. */
export function causeOf(error: unknown): StoreCause {
  const code = codeOf(error);
  return CAUSES.find(([pattern]) => pattern.test(code))?.[1] ?? 'broken';
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
