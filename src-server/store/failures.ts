/** SQLite's primary result codes that say "not now": full, locked by somebody else, or a disk that refuses. */
const NOT_NOW = [
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
];

/** Whether an error thrown by the store means that the same call may well succeed later, with nothing saved now. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  // Extended codes carry the primary one in front, such as SQLITE_IOERR_WRITE.
  return NOT_NOW.some((primary) => code === primary || code.startsWith(`${primary}_`));
}

/** Whether an error says that a unique key was taken already. */
export function isTaken(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
