import type { DeviceKey } from '../crypto/index.js';
import { deviceAccount, tokenAccount, vaultAccount } from '../secrets/index.js';
import type { VaultKey } from '../vault/index.js';
import type { SessionParts } from './parts.js';

/** What a session that outlives the app has in the keychain. */
export interface Secrets {
  readonly token: string;
  readonly deviceKey: DeviceKey;
  readonly vaultKey: VaultKey;
}

/**
 * Puts them into the keychain, the token last: without it nothing of a session can be taken up.
 * @returns whether all are there; where they are not, they live in memory until the app closes.
 */
export async function keepSecrets(
  { keychain, store }: Pick<SessionParts, 'keychain' | 'store'>,
  service: string,
  { token, deviceKey, vaultKey }: Secrets,
): Promise<boolean> {
  const profileId = store.meta.profileId();
  const entries = [
    [deviceAccount(service, profileId), deviceKey.secret()],
    [vaultAccount(service, profileId), vaultKey.secret()],
    [tokenAccount(service, profileId), token],
  ] as const;
  for (const [account, secret] of entries) {
    const kept = await keychain.set(account, secret);
    if (!kept.ok) return false;
  }
  return true;
}

/**
 * A session that the person wanted to keep, and that the keychain did not take when it began, is kept once the keychain works:
 * what was for this run only stays from now on.
 */
export async function keepLate(parts: SessionParts, service: string): Promise<void> {
  const { store, live, vaults, onChange } = parts;
  const running = live.get(service);
  if (!running?.unkept) return;
  const { token, deviceKey, unkept } = running;
  const kept = await keepSecrets(parts, service, { token, deviceKey, vaultKey: unkept });
  // Signed out meanwhile: whoever did that could not know of these entries, so they go again.
  const isStillHere = store.isOpen() && live.get(service)?.token === token;
  if (!kept || !isStillHere) return;
  const session = store.sessions.get(service);
  if (session?.state !== 'active') return;
  const noted = store.commit(() => {
    store.sessions.change(service, { remembered: true });
  });
  if (!noted.ok) return;
  live.set(service, { ...running, unkept: null });
  const { email, devices } = vaults.read(service);
  vaults.open(service, session.accountId, unkept);
  vaults.put(service, { email, devices });
  onChange(service);
}
