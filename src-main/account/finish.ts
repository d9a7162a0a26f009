import type { AccountParts } from './parts.js';

/** Erases what was to be erased with a sign-out that has come to its end, which a crash may have left undone. */
export function finishErasing({
  store,
  ledger,
  services,
}: Pick<AccountParts, 'store' | 'ledger' | 'services'>): void {
  for (const service of services) {
    if (store.meta.eraseAfterSignOut(service) && !store.sessions.get(service)) {
      ledger.beginAnew(service);
    }
  }
}

/** The same for a sign-out that has not: it is done first. */
export async function finishSignOuts(
  parts: Pick<AccountParts, 'store' | 'ledger' | 'services' | 'sessions'>,
): Promise<void> {
  const { store, sessions, services } = parts;
  for (const service of services) {
    if (!store.isOpen()) return;
    if (store.meta.eraseAfterSignOut(service) && store.sessions.get(service)) {
      await sessions.signOut(service);
    }
  }
  if (store.isOpen()) finishErasing(parts);
}
