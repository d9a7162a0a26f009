import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Limits } from '../../../../src-server/auth/limits.js';
import { createServer } from '../../../../src-server/server.js';
import { publish, type PublishedService } from '../../../../src-server/services/published.js';
import { createSqliteStore, openSqliteFile } from '../../../../src-server/store/sqlite.js';
import type { Store } from '../../../../src-server/store/store.js';
import { fixtureProfile } from '../../../support/fixtures/service-profile.js';

/** The services of a test server. */
const SERVICES: readonly PublishedService[] = ['alpha', 'beta'].map((id) =>
  publish(fixtureProfile(id)),
);

/** A real server on a free loopback port with a real SQLite file, and a clock that only the test moves. */
export interface TestServer {
  readonly origin: string;
  readonly databaseFile: string;
  readonly database: ReturnType<typeof openSqliteFile>;
  readonly store: Store;
  /** Everything logged so far. */
  readonly log: () => string;
  readonly clock: { nowMs: number };
  /** Stops the server and starts another one on the same file. */
  readonly restart: () => Promise<TestServer>;
  /** Stops the server and removes its folder. */
  readonly remove: () => Promise<void>;
}

export interface TestServerOptions {
  /** Left out: two small services, `alpha` and `beta`. */
  readonly services?: readonly PublishedService[];
  readonly limits?: Limits;
  readonly folder?: string;
  readonly nowMs?: number;
  /** Puts something between the server and its store, to make it fail. */
  readonly wrapStore?: (store: Store) => Store;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'sayso-server-')));
  const databaseFile = join(folder, 'server.db');
  const clock = { nowMs: options.nowMs ?? Date.parse('2026-11-22T10:00:00.000Z') };
  const lines: string[] = [];
  const database = openSqliteFile(databaseFile);
  const store = await createSqliteStore(database, clock.nowMs);
  const app = await createServer({
    services: options.services ?? SERVICES,
    store: options.wrapStore?.(store) ?? store,
    nowMs: () => clock.nowMs,
    randomBytes,
    logStream: { write: (line) => void lines.push(line) },
    ...(options.limits ? { limits: options.limits } : {}),
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const stop = async (): Promise<void> => {
    await app.close();
    await store.close();
  };
  return {
    origin,
    databaseFile,
    database,
    store,
    clock,
    log: () => lines.join(''),
    restart: async () => {
      await stop();
      return startTestServer({ ...options, folder, nowMs: clock.nowMs });
    },
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}
