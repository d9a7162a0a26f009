import type { LeaveFailure, SessionFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { AccountParts } from './parts.js';

type Outcome = Result<null, SessionFailure>;

/**
 * Refuses everything for the account, then signs out. What was refused is signed, so it arrives without the session too. Where
 * the keychain keeps the device's key to itself it is asked once more; if it still does, the person stays signed in, because
 * after the sign-out nobody could sign the refusal any more.
 * @param revision the screen that the person has seen.
 */
export async function withdrawAndSignOut(
  { consent, sessions, store }: AccountParts,
  service: string,
  revision: number,
): Promise<Result<null, LeaveFailure>> {
  if (!sessions.signerOf(service) && store.sessions.get(service)) {
    // Withdrawing closes at once; only signing out has to wait for the key.
    const closed = consent.decide(withdrawal(service, revision));
    if (!closed.ok) return closed;
    await sessions.unlock([service], () => undefined);
    if (!store.isOpen()) return ok(null);
    if (!sessions.signerOf(service)) return failed({ code: 'key-locked' });
    return sessions.signOut(service);
  }
  const withdrawn = consent.decide(withdrawal(service, revision));
  return withdrawn.ok ? sessions.signOut(service) : withdrawn;
}

function withdrawal(service: string, revision: number) {
  return { service, revision, action: 'withdraw', surface: 'settings', choices: {} } as const;
}

/** Signs out of every service. One that cannot does not hold up the others; its reason is the answer. */
export async function signOutEverywhere({
  sessions,
  store,
  services,
  wake,
}: AccountParts): Promise<Outcome> {
  let outcome: Outcome = ok(null);
  for (const service of services) {
    if (!store.isOpen()) return outcome;
    if (sessions.view(service).kind === 'signed-out') continue;
    const left = await sessions.signOut(service);
    if (!left.ok) outcome = left;
    wake(service);
  }
  return outcome;
}

/**
 * Signs out and deletes everything decided about the service on this device. That it is wanted is noted first, so that the
 * next start finishes what a crash cuts short.
 */
export async function signOutAndErase(
  { store, sessions, ledger }: AccountParts,
  service: string,
): Promise<Outcome> {
  const noted = store.commit(() => {
    store.meta.setEraseAfterSignOut(service, true);
  });
  if (!noted.ok) return failed({ code: 'not-saved', cause: noted.error });
  if (store.sessions.get(service)) {
    const left = await sessions.signOut(service);
    if (!left.ok) return left;
  }
  // Closed meanwhile: the next start finishes it.
  if (!store.isOpen()) return ok(null);
  const erased = ledger.beginAnew(service);
  return erased.ok ? erased : failed({ code: 'not-saved', cause: erased.error });
}
