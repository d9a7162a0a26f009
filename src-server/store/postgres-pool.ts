import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { StoreAwayError } from './failures.js';
import { withoutValues } from './postgres-errors.js';

/** Most connections of one server: enough to keep a database busy, few enough that many servers fit under its limit (100). */
const MOST_CONNECTIONS = 10;
/** How long a call waits for a connection, also while all of them are in use, before it is told to come again. */
const CONNECT_TIMEOUT_MS = 3000;
/** How long PostgreSQL may take for one statement, or wait for one lock. */
const STATEMENT_TIMEOUT_MS = 10_000;
const LOCK_TIMEOUT_MS = 5000;
/** How long a transaction may do nothing: whoever is cut off from it must not hold its locks. */
const IDLE_IN_TRANSACTION_MS = 15_000;
/** When no answer at all has come, the connection is dead and nobody has told us. */
const ANSWER_TIMEOUT_MS = 15_000;

/** What both the pool and the connection that listens are opened with. */
export function connectionOf(address: string): pg.ClientConfig {
  return {
    connectionString: address,
    application_name: 'sayso-server',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: CONNECT_TIMEOUT_MS,
    types: { getTypeParser: parserOf },
  };
}

type TypeId = Parameters<typeof pg.types.getTypeParser>[0];
type Parser = (text: string) => unknown;

/** How a value is read that PostgreSQL sends as text; nothing here asks for its binary form. */
function parserOf(type: TypeId): Parser {
  if (type === pg.types.builtins.INT8) return safeInteger;
  return pg.types.getTypeParser(type) as Parser;
}

/** The connections of one server to its database, for calls that somebody waits for. */
export function createPostgresPool(address: string): PostgresPool {
  return guarded(
    { ...connectionOf(address), max: MOST_CONNECTIONS },
    `
    set_config('statement_timeout', '${STATEMENT_TIMEOUT_MS}', false),
    set_config('lock_timeout', '${LOCK_TIMEOUT_MS}', false),
    set_config('idle_in_transaction_session_timeout', '${IDLE_IN_TRANSACTION_MS}', false)`,
  );
}

/** One connection that waits as long as it takes, for migrations: large tables take time, and so does another's turn. */
export function createPatientPostgresPool(address: string): PostgresPool {
  return guarded(
    { ...connectionOf(address), query_timeout: 0, max: 1 },
    `
    set_config('statement_timeout', '0', false),
    set_config('lock_timeout', '0', false)`,
  );
}

function guarded(config: pg.PoolConfig, settings: string): PostgresPool {
  const onConnect: (client: pg.ClientBase) => unknown = (client) => settle(client, settings);
  const pool = new pg.Pool({ ...config, onConnect });
  // A connection that breaks while it rests is replaced; without somebody who hears of it the process would end.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    connect: async () => watched(await connected(pool)),
    end: () => pool.end(),
  };
}

/** A connection that is thrown away after it has failed. */
function watched(client: pg.PoolClient): PostgresPoolClient {
  let isBroken = false;
  const query = async (sql: string, parameters: readonly unknown[] = []): Promise<unknown> => {
    // What follows on a dead connection, such as the rollback, would wait for an answer just as long.
    if (isBroken) throw new StoreAwayError(undefined);
    try {
      return await client.query(sql, [...parameters]);
    } catch (error) {
      const said = withoutValues(error);
      isBroken = said instanceof StoreAwayError;
      throw said;
    }
  };
  return { query: query as PostgresPoolClient['query'], release: () => client.release(isBroken) };
}

async function connected(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    // Also a wrong password or an unknown database: while this server runs, that is how being away looks.
    throw new StoreAwayError(withoutValues(error));
  }
}

/**
 * Puts a new connection in order, whatever the database's own settings are. A commit has to be on disk when it is answered,
 * since a client drops a decision from its outbox on the strength of that answer; settings that promise more stay.
 */
async function settle(client: pg.ClientBase, settings: string): Promise<void> {
  await client.query(`select ${settings},
    set_config('default_transaction_isolation', 'read committed', false),
    case when current_setting('synchronous_commit') = 'off'
      then set_config('synchronous_commit', 'local', false) end`);
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a number is too large to be exact');
  return value;
}
