import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Limits } from '../../../../src-server/auth/limits.js';
import { createServer, type ServerParts } from '../../../../src-server/server.js';
import { publish, type PublishedService } from '../../../../src-server/services/published.js';
import type { Store } from '../../../../src-server/store/store.js';
import { fixtureProfile } from '../../../support/fixtures/service-profile.js';
import { openStorage, storageOfThisFile, type Storage } from './storage.js';

/** The services of a test server. */
const SERVICES: readonly PublishedService[] = ['alpha', 'beta'].map((id) =>
  publish(fixtureProfile(id)),
);

/** A real server on a free loopback port with a real database, and a clock that only the test moves. */
export interface TestServer extends Storage {
  readonly origin: string;
  /** Everything logged so far. */
  readonly log: () => string;
  readonly clock: { nowMs: number };
  /** Stops the server and starts another one on the same file. @param between what to do while none runs. */
  readonly restart: (between?: () => Promise<void>) => Promise<TestServer>;
  /** Stops the server and removes its folder. */
  readonly remove: () => Promise<void>;
}

export interface TestServerOptions {
  /** Left out: two small services, `alpha` and `beta`. */
  readonly services?: readonly PublishedService[];
  readonly limits?: Limits;
  readonly folder?: string;
  /** The address of a PostgreSQL database; left out: as the test file says, else a SQLite file in the folder. */
  readonly address?: string | undefined;
  readonly nowMs?: number;
  /** Puts something between the server and its store, to make it fail. */
  readonly wrapStore?: (store: Store) => Store;
  /** Adds routes of the test's own, before it listens. */
  readonly routes?: (app: Awaited<ReturnType<typeof createServer>>) => void;
  /** Whatever else the server can be given. */
  readonly parts?: Partial<Pick<ServerParts, 'events' | 'publications' | 'metrics' | 'provider'>>;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'sayso-server-')));
  const address = options.address ?? (await storageOfThisFile.newAddress?.());
  const clock = { nowMs: options.nowMs ?? Date.parse('2026-11-22T10:00:00.000Z') };
  const lines: string[] = [];
  const storage = await openStorage(folder, clock.nowMs, address);
  const { store } = storage;
  const app = await createServer({
    services: options.services ?? SERVICES,
    store: options.wrapStore?.(store) ?? store,
    nowMs: () => clock.nowMs,
    randomBytes,
    logStream: { write: (line) => void lines.push(line) },
    ...(options.limits ? { limits: options.limits } : {}),
    ...options.parts,
  });
  options.routes?.(app);
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const stop = async (): Promise<void> => {
    await app.close();
    await store.close();
  };
  // Added to what it keeps things in, whose parts are not all there on every database.
  return Object.assign(storage, {
    origin,
    clock,
    log: () => lines.join(''),
    restart: async (between?: () => Promise<void>) => {
      await stop();
      await between?.();
      return startTestServer({ ...options, address, folder, nowMs: clock.nowMs });
    },
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true });
    },
  });
}
