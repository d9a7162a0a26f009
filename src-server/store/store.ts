import { sql, type Kysely } from 'kysely';
import { createAccountStore, type AccountStore } from './accounts.js';
import type { Announcements } from './announcements.js';
import { createDecisionStore, type DecisionStore } from './decisions.js';
import { createDeviceKeyStore, type DeviceKeyStore } from './device-keys.js';
import { readFeed } from './feed.js';
import type { DatabaseKind } from './kind.js';
import { createSessionStore, type SessionStore } from './sessions.js';
import { createSigningKeyStore, type SigningKeyStore } from './signing-keys.js';
import type { Tables } from './tables.js';
import type { Transact } from './transactions.js';

/** Everything the server keeps. */
export interface Store {
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly decisions: DecisionStore;
  readonly deviceKeys: DeviceKeyStore;
  readonly signingKeys: SigningKeyStore;
  /** The database's own random id, which cursors carry; 16 hexadecimal digits. */
  readonly feed: string;
  /** To and from all servers on this database. */
  readonly announcements: Announcements;
  /** Proves by a real query that the database answers; rejects when it does not. */
  prove(): Promise<void>;
  close(): Promise<void>;
}

/** What a kind of database brings to the store. */
export interface StoreParts {
  readonly kind: DatabaseKind;
  readonly announcements: Announcements;
  readonly transact: Transact;
  /** Ends what belongs to the store beside the database, before the database is closed. */
  readonly release: () => Promise<void>;
}

/** The store on a database that has been brought to the newest shape. */
export async function createStore(
  db: Kysely<Tables>,
  { kind, announcements, transact, release }: StoreParts,
): Promise<Store> {
  return {
    accounts: createAccountStore(db, transact),
    sessions: createSessionStore(db, transact),
    decisions: createDecisionStore(db, transact, kind),
    deviceKeys: createDeviceKeyStore(db),
    signingKeys: createSigningKeyStore(db, transact),
    feed: await readFeed(db),
    announcements,
    async prove() {
      await sql`select count(*) from schema_migrations`.execute(db);
    },
    async close() {
      await release();
      await db.destroy();
    },
  };
}
