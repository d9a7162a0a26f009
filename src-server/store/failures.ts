/**
 * SQLite's primary result codes that say "not now": full, locked by somebody else, or a disk that refuses. Whoever holds
 * the file may need longer than we may block, so these are answered and not tried again here.
 */
const SQLITE_NOT_NOW = [
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_PROTOCOL',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
];

/**
 * Classes and codes of PostgreSQL (its appendix A) that say the same: connection exceptions (08), cut short by a timeout of
 * its own (25P03, 25P04, 57014), a standby that takes no writes (25006), transactions that went on meeting others (40), out of
 * disk, memory or connections (53), a lock that was not to be had (55P03), going down or starting (57P), disk errors (58).
 */
const POSTGRES_NOT_NOW =
  /^(08[0-9A-Z]{3}|25006|25P0[34]|40[0-9A-Z]{3}|53[0-9A-Z]{3}|55P03|57014|57P[0-9A-Z]{2}|58[0-9A-Z]{3})$/;

/** The database could not be asked, or its answer did not come: nothing is known of what was on its way. */
export class StoreAwayError extends Error {
  constructor(cause: unknown) {
    super('the database cannot be reached', { cause });
    this.name = 'StoreAwayError';
  }
}

/** Somebody else wrote what this transaction had read: it has to run again from its start. */
export class RaceLostError extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'RaceLostError';
  }
}

/** Whether an error thrown by the store means that the same call may well succeed later, with nothing acknowledged now. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof StoreAwayError || error instanceof RaceLostError) return true;
  const code = codeOf(error);
  // SQLite's extended codes carry the primary one in front, such as SQLITE_IOERR_WRITE.
  return SQLITE_NOT_NOW.some((name) => isOf(name, code)) || POSTGRES_NOT_NOW.test(code);
}

/** Whether a transaction failed for nothing but another one that ran at the same time, and may run again at once. */
export function isRaceLost(error: unknown): boolean {
  if (error instanceof RaceLostError || isTaken(error)) return true;
  return ['SQLITE_BUSY_SNAPSHOT', '40001', '40P01'].includes(codeOf(error));
}

/** Whether an error says that a unique key was taken already. */
export function isTaken(error: unknown): boolean {
  return ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505'].includes(
    codeOf(error),
  );
}

/** Whether an error says that what a new row belongs to is gone, as an account is that was erased a moment ago. */
export function isGone(error: unknown): boolean {
  return ['SQLITE_CONSTRAINT_FOREIGNKEY', '23503'].includes(codeOf(error));
}

function isOf(primary: string, code: string): boolean {
  return code === primary || code.startsWith(`${primary}_`);
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
