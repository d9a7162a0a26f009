import { parseArgs } from 'node:util';
import { failed, ok, type Result } from '../src-shared/result.js';
import { isAllowedBaseAddress } from '../src-shared/manifest.js';
import type { ProviderOption } from './auth/provider/id-token.js';
import { readPostgresAddress } from './store/postgres-address.js';

/** What the command line asks for. */
export interface Options {
  /** 0 for any free one. */
  readonly port: number;
  /** Folder for the SQLite file; made when missing. Not looked at where there is a `database`. */
  readonly data: string;
  /** Address of a PostgreSQL database, which may hold a password; undefined for SQLite. */
  readonly database: string | undefined;
  /** Folder of service profiles; undefined for those that come with the server. */
  readonly services: string | undefined;
  /** Port for metrics, 0 for any free one; undefined for none. */
  readonly metricsPort: number | undefined;
  /** Where people may sign in beside address and password; undefined for nowhere. */
  readonly provider: ProviderOption | undefined;
  /** Only to put a new signing key in place of the one in use. */
  readonly rotateKey: boolean;
}

export const USAGE =
  'usage: npm run -s server -- [--port 0] [--data DIR] [--services DIR] [--database URL] [--metrics-port N] [--issuer URL --client-id ID] | --rotate-key [--data DIR | --database URL]';

/** Reads the arguments. @returns the options, or what is wrong with them in one sentence. */
export function readOptions(argv: readonly string[]): Result<Options, string> {
  const parsed = parse(argv);
  if (!parsed.ok) return parsed;
  const { port = '0', data = '.sayso/server', services, database } = parsed.value;
  const rotateKey = parsed.value['rotate-key'] ?? false;
  const metricsPort = parsed.value['metrics-port'];
  for (const [name, text] of Object.entries({ port, 'metrics-port': metricsPort ?? '0' })) {
    if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) continue;
    return failed(`--${name} takes a number from 0 to 65535, not "${text}"`);
  }
  if (data === '') return failed('--data takes a folder');
  const address = database === undefined ? ok(undefined) : readPostgresAddress(database);
  if (!address.ok) return address;
  const provider = readProvider(parsed.value.issuer, parsed.value['client-id']);
  if (!provider.ok) return provider;
  return ok({
    port: Number(port),
    data,
    database: address.value,
    services,
    metricsPort: metricsPort === undefined ? undefined : Number(metricsPort),
    provider: provider.value,
    rotateKey,
  });
}

function readProvider(
  issuer: string | undefined,
  clientId: string | undefined,
): Result<ProviderOption | undefined, string> {
  if (issuer === undefined && clientId === undefined) return ok(undefined);
  if (issuer === undefined || !clientId) return failed('--issuer and --client-id go together');
  if (isAllowedBaseAddress(issuer)) return ok({ issuer, clientId });
  return failed('--issuer takes the address of a provider, https or on loopback');
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
        'metrics-port': { type: 'string' },
        issuer: { type: 'string' },
        'client-id': { type: 'string' },
        'rotate-key': { type: 'boolean' },
      },
    });
    return ok(values);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // An address in the wrong place is repeated there, and it may hold a password.
    return failed(message.replaceAll(/\/\/[^/\s]*@/g, '//…@'));
  }
}
