import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { createServer } from '../../../src-server/server.js';
import { publish, type PublishedService } from '../../../src-server/services/published.js';
import { createSqliteStore, openSqliteFile } from '../../../src-server/store/sqlite.js';
import type { Store } from '../../../src-server/store/store.js';
import { fixtureProfile } from '../fixtures/service-profile.js';

/** What stays the same while the process of a server comes and goes. */
export interface ServerParts {
  /** Holds the database; one folder for each life. */
  readonly folder: string;
  readonly clock: { nowMs: number };
  /** Asked at each start; left out, the two services of every rig. */
  readonly services?: () => readonly PublishedService[];
  /** A folder with the database to begin with. */
  readonly beginWith?: string;
  /** Puts something between the server and its store. */
  readonly wrapStore?: (store: Store) => Store;
}

/** The real reference server on a real SQLite file, which can be killed and put back. */
export interface RealServer {
  /** Null while it is down. */
  readonly port: () => number | null;
  /** The database of this life, to be looked at past the product. */
  readonly database: () => Database.Database;
  readonly log: () => string;
  start(): Promise<void>;
  /** Ends as a process does that is killed: not one more byte is said, and nothing more is written. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** What is on the disk now, to be put back later as from a backup. */
  copy(): string;
  /** Puts a copy in the place of the database. To be called while it is down. */
  putBack(copy: string): void;
}

const FILE = 'server.db';
const SERVICES = ['alpha', 'beta'].map((id) => publish(fixtureProfile(id)));

interface Life {
  readonly port: number;
  readonly database: Database.Database;
  /** Frees what the process of the test would otherwise hold on to. */
  readonly bury: () => Promise<void>;
  readonly cutAll: () => void;
}

export function realServer(parts: ServerParts): RealServer {
  const { folder, clock } = parts;
  let lives = 0;
  let copies = 0;
  let home = path.join(folder, 'life-0');
  let life: Life | null = null;
  const lines: string[] = [];

  /** A database as it lies on the disk at this very moment, log and all. */
  const image = (from: string, target: string): string => {
    mkdirSync(target, { recursive: true });
    for (const name of [FILE, `${FILE}-wal`]) {
      if (existsSync(path.join(from, name)))
        copyFileSync(path.join(from, name), path.join(target, name));
    }
    return target;
  };
  image(parts.beginWith ?? home, home);
  const running = (): Life => {
    if (!life) throw new Error('the server is down');
    return life;
  };
  return {
    port: () => life?.port ?? null,
    database: () => running().database,
    log: () => lines.join(''),
    async start() {
      const database = openSqliteFile(path.join(home, FILE));
      const store = await createSqliteStore(database, clock.nowMs);
      const app = await createServer({
        services: parts.services?.() ?? SERVICES,
        store: parts.wrapStore?.(store) ?? store,
        // Clocks go on; that two things came at the same millisecond would be the rarest of cases.
        nowMs: () => (clock.nowMs += 1),
        randomBytes,
        logStream: { write: (line) => void lines.push(line) },
      });
      let isDead = false;
      app.server.on('connection', (socket) => {
        // One that was under way while it died is answered by nobody.
        if (isDead) socket.destroy();
      });
      await app.listen({ host: '127.0.0.1', port: 0 });
      life = {
        port: (app.server.address() as AddressInfo).port,
        database,
        cutAll: () => {
          isDead = true;
          app.server.closeAllConnections();
        },
        bury: async () => {
          await app.close();
          await store.close();
        },
      };
    },
    async kill() {
      const dead = running();
      life = null;
      dead.cutAll();
      // What the dead server still does, it does to files that nobody will ever read.
      lives += 1;
      home = image(home, path.join(folder, `life-${lives}`));
      await dead.bury();
    },
    async stop() {
      const old = life;
      life = null;
      old?.cutAll();
      await old?.bury();
    },
    copy() {
      copies += 1;
      return image(home, path.join(folder, `copy-${copies}`));
    },
    putBack(copy) {
      lives += 1;
      rmSync(home, { recursive: true });
      home = image(copy, path.join(folder, `life-${lives}`));
    },
  };
}
