import type { Kysely } from 'kysely';
import { publicKeySchema, type DeviceKey, type PublicKey } from '../../src-shared/ledger/keys.js';
import type { Tables } from './tables.js';

/** Most keys of one account that travel with a page of decisions; the contract's bound. */
const MOST_KEYS = 1000;

/** The public keys of the devices of every account. They are never removed. */
export interface DeviceKeyStore {
  /** Notes a key of a device; one that is known keeps its first time. */
  add(accountId: string, key: DeviceKey, sinceMs: number): Promise<void>;
  /** The keys of one device of an account, by their id. */
  ofDevice(accountId: string, deviceId: string): Promise<ReadonlyMap<string, PublicKey>>;
  /** The keys of all devices of an account, newest first, at most 1,000. */
  ofAccount(accountId: string): Promise<readonly DeviceKey[]>;
}

/** Device keys in a database of either kind. */
export function createDeviceKeyStore(db: Kysely<Tables>): DeviceKeyStore {
  return {
    async add(accountId, { kid, device, kty, crv, x }, sinceMs) {
      await db
        .insertInto('device_keys')
        .values({
          account_id: accountId,
          device_id: device,
          kid,
          jwk: JSON.stringify({ kty, crv, x }),
          since_ms: sinceMs,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async ofDevice(accountId, deviceId) {
      const rows = await db
        .selectFrom('device_keys')
        .select(['kid', 'jwk'])
        .where('account_id', '=', accountId)
        .where('device_id', '=', deviceId)
        .execute();
      return new Map(rows.map(({ kid, jwk }) => [kid, publicKeySchema.parse(JSON.parse(jwk))]));
    },
    async ofAccount(accountId) {
      const rows = await db
        .selectFrom('device_keys')
        .select(['device_id', 'kid', 'jwk'])
        .where('account_id', '=', accountId)
        .orderBy('since_ms', 'desc')
        .orderBy('kid')
        .limit(MOST_KEYS)
        .execute();
      return rows.map(({ device_id: device, kid, jwk }) => ({
        ...publicKeySchema.parse(JSON.parse(jwk)),
        kid,
        device,
      }));
    },
  };
}
