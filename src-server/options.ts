import { parseArgs } from 'node:util';
import { failed, ok, type Result } from '../src-shared/result.js';

/** What the command line asks for. */
export interface Options {
  /** 0 for any free one. */
  readonly port: number;
  /** Folder for the database; made when missing. */
  readonly data: string;
  /** Folder of service profiles; undefined for those that come with the server. */
  readonly services: string | undefined;
  /** Only to put a new signing key in place of the one in use. */
  readonly rotateKey: boolean;
}

export const USAGE =
  'usage: npm run -s server -- [--port 0] [--data DIR] [--services DIR] [--database URL] | --rotate-key [--data DIR]';

/** Reads the arguments. @returns the options, or what is wrong with them in one sentence. */
export function readOptions(argv: readonly string[]): Result<Options, string> {
  const parsed = parse(argv);
  if (!parsed.ok) return parsed;
  const { port = '0', data = '.sayso/server', services, database } = parsed.value;
  const rotateKey = parsed.value['rotate-key'] ?? false;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return failed(`--port takes a number from 0 to 65535, not "${port}"`);
  }
  if (data === '') return failed('--data takes a folder');
  if (database !== undefined) return failed(refusalOf(database));
  return ok({ port: Number(port), data, services, rotateKey });
}

function parse(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        services: { type: 'string' },
        database: { type: 'string' },
        'rotate-key': { type: 'boolean' },
      },
    });
    return ok(values);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

/** Why a database address is not taken. The address itself is not repeated, because it may hold a password. */
function refusalOf(database: string): string {
  return /^postgres(ql)?:/i.test(database)
    ? '--database: PostgreSQL is planned but not built yet; leave the option out to use SQLite in --data'
    : '--database takes a postgres:// address (not built yet); leave it out to use SQLite in --data';
}
