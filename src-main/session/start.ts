import { SESSION_LIFE_DAYS } from '../../src-shared/api-contract.js';
import { DAY_MS } from '../../src-shared/consent/expiry.js';
import { dropToken } from './drop-token.js';
import { keepLate } from './keep-secrets.js';
import type { SessionParts } from './parts.js';
import { readDevice, readSecrets } from './read-secrets.js';
import { beginSignOut, finishSignOut, signOut } from './sign-out.js';

/** No session outlives this, so neither need the handle that could end it; a day more for clocks that differ. */
const HANDLE_LIFE_MS = (SESSION_LIFE_DAYS + 1) * DAY_MS;

/**
 * First of all at start, before anything is shown: sign-outs that a crash cut short count as signed out, and sessions
 * that were not to outlive the app end. Nothing here waits for keychain or network.
 */
export function settleSessions(parts: SessionParts): void {
  const { store, nowMs } = parts;
  store.commit(() => {
    store.revokeHandles.markAbandonedToSend();
    store.revokeHandles.removeMadeBefore(nowMs() - HANDLE_LIFE_MS);
  });
  endUnremembered(parts);
}

/** Quitting is signing out for sessions that were not to be kept. */
export function endUnremembered(parts: SessionParts): void {
  for (const session of parts.store.sessions.all()) {
    if (session.remembered) continue;
    beginSignOut(parts, session.service);
    finishSignOut(parts, session.service);
  }
}

/**
 * After the window is up: removes tokens that no session stands for (a crash came between keychain and database), ends
 * what was being signed out, and unlocks the sessions that were to be kept. Done again whenever the keychain is back.
 * @param services the ids of all services.
 * @param onUnlocked told of each session of which it is known now what the keychain holds.
 */
export async function unlockSessions(
  parts: SessionParts,
  services: readonly string[],
  onUnlocked: (service: string) => void,
): Promise<void> {
  for (const service of services) {
    if (!parts.store.isOpen()) return;
    const session = parts.store.sessions.get(service);
    if (session?.state === 'signing-out') await signOut(parts, service);
    else if (session?.state === 'active' && session.remembered)
      await unlock(parts, service, onUnlocked);
    else if (session?.state === 'active') await keepLate(parts, service);
    else if (session?.state === 'expired') await unlockKey(parts, service, onUnlocked);
    else if (!session) await dropToken(parts, service);
  }
}

async function unlock(
  parts: SessionParts,
  service: string,
  onUnlocked: (service: string) => void,
): Promise<void> {
  const { store, live, vaults, onChange } = parts;
  const kept = await readSecrets(parts, service);
  if (!store.isOpen()) return;
  const session = store.sessions.get(service);
  if (kept === null || session?.state !== 'active' || live.get(service)) return;
  const { token, deviceKey } = kept;
  // The token is sent to nobody but the address that issued it; without it or its key, or elsewhere, the person signs in again.
  if (token === null || !deviceKey || session.baseAddress !== parts.baseAddressOf(service)) {
    store.commit(() => store.sessions.change(service, { state: 'expired' }));
    live.keepOnlyKey(service, deviceKey);
  } else {
    live.set(service, { token, deviceKey, isAsked: false, unkept: null });
    vaults.open(service, session.accountId, kept.vaultKey);
  }
  onUnlocked(service);
  onChange(service);
}

/** The key of a session that ran out: refusals are signed with it until somebody signs in. */
async function unlockKey(
  parts: SessionParts,
  service: string,
  onUnlocked: (service: string) => void,
): Promise<void> {
  const { store, live } = parts;
  const kept = await readDevice(parts, service);
  if (!store.isOpen()) return;
  // Somebody may have signed in, or out, meanwhile.
  if (store.sessions.get(service)?.state !== 'expired' || live.keyOf(service) !== null) return;
  // What was signed before travels also where the keychain keeps the key to itself.
  live.keepOnlyKey(service, kept === 'no-keychain' ? null : kept);
  onUnlocked(service);
}
