import { StoreAwayError } from './failures.js';

/** PostgreSQL's word that it did not do what it was asked. */
class PostgresRefusal extends Error {
  constructor(
    /** SQLSTATE. */
    readonly code: string,
    readonly constraint: string | undefined,
    message: string,
  ) {
    super(message);
    this.name = 'PostgresRefusal';
  }
}

const SQLSTATE = /^[0-9A-Z]{5}$/;
/** Data exceptions: the only class whose message repeats values. */
const DATA_EXCEPTION = '22';

/**
 * What PostgreSQL or the way to it threw, as something that may be logged: its `detail`, `where` and query carry values of
 * rows, such as e-mail addresses, and are left out. What has no SQLSTATE did not come from the database, so it is away.
 */
export function withoutValues(error: unknown): Error {
  const code = stringAt(error, 'code');
  if (code === undefined || !SQLSTATE.test(code) || !(error instanceof Error)) {
    return new StoreAwayError(error);
  }
  const message = code.startsWith(DATA_EXCEPTION) ? `data exception ${code}` : error.message;
  return new PostgresRefusal(code, stringAt(error, 'constraint'), message);
}

function stringAt(error: unknown, name: string): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = (error as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
}
