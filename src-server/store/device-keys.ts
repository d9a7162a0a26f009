import type { Kysely, Transaction } from 'kysely';
import { publicKeySchema, type DeviceKey, type PublicKey } from '../../src-shared/ledger/keys.js';
import type { Tables } from './tables.js';

/** Most keys of one account that travel with a page of decisions; the contract's bound. */
const MOST_KEYS = 1000;

/** A key and every device it stands under, the one that brought it first in front. */
export interface OwnedKey {
  readonly key: PublicKey;
  readonly owners: readonly { readonly accountId: string; readonly deviceId: string }[];
}

/** The public keys of the devices of every account. They stay as long as the account does. */
export interface DeviceKeyStore {
  /** The keys of one device of an account, by their id. */
  ofDevice(accountId: string, deviceId: string): Promise<ReadonlyMap<string, PublicKey>>;
  /** The keys of all devices of an account, newest first, at most 1,000. */
  ofAccount(accountId: string): Promise<readonly DeviceKey[]>;
  /** Those of `kids` that devices of this service have, by their id. */
  ofService(service: string, kids: readonly string[]): Promise<ReadonlyMap<string, OwnedKey>>;
}

/** Device keys in a database of either kind. */
export function createDeviceKeyStore(db: Kysely<Tables>): DeviceKeyStore {
  return {
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
    async ofService(service, kids) {
      if (kids.length === 0) return new Map();
      const rows = await db
        .selectFrom('device_keys')
        .innerJoin('accounts', 'accounts.id', 'device_keys.account_id')
        .select(['device_keys.account_id', 'device_keys.device_id', 'device_keys.kid'])
        .select('device_keys.jwk')
        .where('device_keys.kid', 'in', kids)
        .where('accounts.service', '=', service)
        .orderBy('device_keys.since_ms')
        .orderBy('device_keys.device_id')
        .execute();
      const found = new Map<string, OwnedKey>();
      for (const { kid, jwk, account_id: accountId, device_id: deviceId } of rows) {
        const key = found.get(kid)?.key ?? publicKeySchema.parse(JSON.parse(jwk));
        const owners = [...(found.get(kid)?.owners ?? []), { accountId, deviceId }];
        found.set(kid, { key, owners });
      }
      return found;
    },
  };
}

/** Notes a key of a device, in the transaction of the sign-in that brought it; one that is known keeps its first time. */
export async function addDeviceKey(
  transaction: Transaction<Tables>,
  accountId: string,
  { kid, device, kty, crv, x }: DeviceKey,
  sinceMs: number,
): Promise<void> {
  await transaction
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
}
