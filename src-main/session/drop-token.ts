import { deviceAccount, tokenAccount, vaultAccount } from '../secrets/index.js';
import type { SessionParts } from './parts.js';

/**
 * Deletes the token of a service, the key of what is kept of its account and this device's key from the keychain, if they may be there. Where the keychain does not do it now, that stays
 * noted, and the next start tries again. A keychain that never held a token of ours is not even asked: it might want to be
 * unlocked for nothing.
 */
export async function dropToken(
  { store, keychain }: Pick<SessionParts, 'store' | 'keychain'>,
  service: string,
): Promise<void> {
  if (!store.meta.tokenMayRemain(service)) return;
  const profileId = store.meta.profileId();
  const token = await keychain.delete(tokenAccount(service, profileId));
  const vault = await keychain.delete(vaultAccount(service, profileId));
  const key = await keychain.delete(deviceAccount(service, profileId));
  if (!store.isOpen()) return;
  // Somebody may have signed in again meanwhile, and then it is a new token that is there.
  const signedInAgain = store.sessions.get(service)?.state === 'active';
  if (token.ok && vault.ok && key.ok && !signedInAgain) {
    store.commit(() => {
      store.meta.setTokenMayRemain(service, false);
    });
  }
}
