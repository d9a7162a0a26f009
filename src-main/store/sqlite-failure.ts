/** What stands behind a failed database call, as far as the person can do something about it. */
export type StoreCause = 'full' | 'read-only' | 'busy' | 'broken';

const CAUSES: readonly (readonly [RegExp, StoreCause])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'full'],
  [/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EROFS|EACCES|EPERM)/, 'read-only'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'busy'],
];

/** The cause by the error's `code` (SQLite's extended result codes, or the system's), never by its message. */
export function causeOf(error: unknown): StoreCause {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return CAUSES.find(([pattern]) => pattern.test(code))?.[1] ?? 'broken';
}
