import type Database from 'better-sqlite3';
import { publicKeySchema, type PublicKey } from '../../src-shared/ledger/keys.js';
import { createBoundedMap } from '../keys/bounded-map.js';
import type { SessionWithEmail } from './sessions.js';
import type { ReadsPerCall } from './store.js';

/** Most keys of devices held ready, as they read; beyond it the one not used for longest is read anew. */
const MOST_KEYS = 1000;

/**
 * What every call with a token asks, read at once by prepared statements. There is one connection, on which a transaction's
 * unfinished changes could be seen, so while one is open the question is put behind it instead.
 * @param behind asks the same once it is its turn.
 */
export function quickReads(database: Database.Database, behind: ReadsPerCall): ReadsPerCall {
  const sessionByToken = database.prepare<[string, string], SessionWithEmail>(
    // Not a join, which takes SQLite seven times as long to set up; an account goes with its sessions.
    `select *, (select email from accounts where accounts.id = sessions.account_id) as email
      from sessions where token_hash = ? and service = ?`,
  );
  const keysOfDevice = database.prepare<[string, string], { kid: string; jwk: string }>(
    'select kid, jwk from device_keys where account_id = ? and device_id = ?',
  );
  const known = createBoundedMap<PublicKey>(MOST_KEYS);
  const keyIn = (jwk: string): PublicKey =>
    known.get(jwk, () => publicKeySchema.parse(JSON.parse(jwk)));
  return {
    async findByToken(service, tokenHash) {
      if (database.inTransaction) return behind.findByToken(service, tokenHash);
      return sessionByToken.get(tokenHash, service);
    },
    async ofDevice(accountId, deviceId) {
      if (database.inTransaction) return behind.ofDevice(accountId, deviceId);
      const rows = keysOfDevice.all(accountId, deviceId);
      return new Map(rows.map(({ kid, jwk }) => [kid, keyIn(jwk)]));
    },
  };
}
