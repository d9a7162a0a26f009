import { failed, ok, type Result } from '../../src-shared/result.js';

/** What becomes of a `--database` address: the same text if it is one of PostgreSQL, or why not, without repeating it. */
export function readPostgresAddress(address: string): Result<string, string> {
  // Nothing of the address may be said, because it may hold a password.
  const wanted = '--database takes postgres://USER[:PASSWORD]@HOST[:PORT]/DATABASE';
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) return failed(wanted);
  if (url.pathname.length < 2) return failed(`${wanted}: the name of the database is missing`);
  return ok(address);
}
