import { sql, type Kysely } from 'kysely';
import { createAccountStore, type AccountStore } from './accounts.js';
import { createDecisionStore, type DecisionStore } from './decisions.js';
import { createDeviceKeyStore, type DeviceKeyStore } from './device-keys.js';
import { createSessionStore, type SessionStore } from './sessions.js';
import { createSigningKeyStore, type SigningKeyStore } from './signing-keys.js';
import type { Tables } from './tables.js';

/** Everything the server keeps. */
export interface Store {
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly decisions: DecisionStore;
  readonly deviceKeys: DeviceKeyStore;
  readonly signingKeys: SigningKeyStore;
  /** Proves by a real query that the database answers; rejects when it does not. */
  prove(): Promise<void>;
  close(): Promise<void>;
}

/** The store on a database that has been brought to the newest shape. */
export function createStore(db: Kysely<Tables>): Store {
  return {
    accounts: createAccountStore(db),
    sessions: createSessionStore(db),
    decisions: createDecisionStore(db),
    deviceKeys: createDeviceKeyStore(db),
    signingKeys: createSigningKeyStore(db),
    async prove() {
      await sql`select count(*) from schema_migrations`.execute(db);
    },
    close: () => db.destroy(),
  };
}
