import { base64url32Schema } from '../../src-shared/ids.js';
import { readDeviceKey, type DeviceKey } from '../crypto/index.js';
import { deviceAccount, tokenAccount, vaultAccount } from '../secrets/index.js';
import { readVaultKey, type VaultKey } from '../vault/index.js';
import type { SessionParts } from './parts.js';

type Parts = Pick<SessionParts, 'keychain' | 'store'>;

/** What the keychain holds for a session; null where it has no such entry, or one that is not what Sayso wrote. */
export interface KeptSecrets {
  readonly token: string | null;
  readonly deviceKey: DeviceKey | null;
  readonly vaultKey: VaultKey | null;
}

/** @returns null where the keychain cannot be asked now. */
export async function readSecrets(parts: Parts, service: string): Promise<KeptSecrets | null> {
  const profileId = parts.store.meta.profileId();
  const token = await readOne(parts, tokenAccount(service, profileId), readToken);
  const vaultKey = await readOne(parts, vaultAccount(service, profileId), readVaultKey);
  const deviceKey = await readDevice(parts, service);
  if (token === 'no-keychain' || vaultKey === 'no-keychain' || deviceKey === 'no-keychain') {
    return null;
  }
  return { token, vaultKey, deviceKey };
}

/** This device's key alone. */
export function readDevice(
  parts: Parts,
  service: string,
): Promise<DeviceKey | null | 'no-keychain'> {
  const account = deviceAccount(service, parts.store.meta.profileId());
  return readOne(parts, account, readDeviceKey);
}

/** What goes into a header comes from a store that other programs can write to. */
function readToken(secret: string): string | null {
  return base64url32Schema.safeParse(secret).success ? secret : null;
}

async function readOne<Value>(
  { keychain }: Parts,
  account: string,
  read: (secret: string) => Value | null,
): Promise<Value | null | 'no-keychain'> {
  const found = await keychain.get(account);
  if (!found.ok) return 'no-keychain';
  if (found.value === null) return null;
  const value = read(found.value);
  if (value === null) keychain.foundCorrupt();
  return value;
}
