import { sql, type Kysely } from 'kysely';
import { createAccountStore, type AccountStore } from './accounts.js';
import type { Announcements } from './announcements.js';
import { createDecisionStore, type DecisionStore } from './decisions.js';
import { createDeviceKeyStore, type DeviceKeyStore } from './device-keys.js';
import { readFeed } from './feed.js';
import { createProviderPersonStore, type ProviderPersonStore } from './provider-persons.js';
import { createSessionStore, type SessionStore } from './sessions.js';
import { createSigningKeyStore, type SigningKeyStore } from './signing-keys.js';
import type { Tables } from './tables.js';
import type { Transact } from './transactions.js';

/** Everything the server keeps. */
export interface Store {
  readonly accounts: AccountStore;
  readonly providerPersons: ProviderPersonStore;
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

/** What is asked with every call that has a token. */
export type ReadsPerCall = Pick<SessionStore, 'findByToken'> & Pick<DeviceKeyStore, 'ofDevice'>;

/** What a kind of database brings to the store. */
export interface StoreParts {
  readonly announcements: Announcements;
  readonly transact: Transact;
  /** Keeps what one request brings, in one transaction. */
  readonly take: DecisionStore['take'];
  /** Left out where commits are not shared: nobody waits for anybody then. */
  readonly expect?: DecisionStore['expect'];
  /** Quicker ways to what every call with a token asks, where the database has them. */
  readonly quick?: (behind: ReadsPerCall) => ReadsPerCall;
  /** Ends what belongs to the store beside the database, before the database is closed. */
  readonly release: () => Promise<void>;
}

/** The store on a database that has been brought to the newest shape. */
export async function createStore(
  db: Kysely<Tables>,
  { announcements, transact, take, expect, quick, release }: StoreParts,
): Promise<Store> {
  const sessions = createSessionStore(db, transact);
  const deviceKeys = createDeviceKeyStore(db);
  const behind: ReadsPerCall = {
    findByToken: (service, tokenHash) => sessions.findByToken(service, tokenHash),
    ofDevice: (accountId, deviceId) => deviceKeys.ofDevice(accountId, deviceId),
  };
  const reads = quick?.(behind) ?? behind;
  return {
    accounts: createAccountStore(db, transact),
    providerPersons: createProviderPersonStore(db, transact),
    sessions: {
      ...sessions,
      findByToken: (service, tokenHash) => reads.findByToken(service, tokenHash),
    },
    decisions: createDecisionStore(db, take, expect ?? ((preparation) => preparation)),
    deviceKeys: {
      ...deviceKeys,
      ofDevice: (accountId, deviceId) => reads.ofDevice(accountId, deviceId),
    },
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
