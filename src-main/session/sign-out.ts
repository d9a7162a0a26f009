import type { SessionFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { dropToken } from './drop-token.js';
import { keepRefusals } from './keep-refusals.js';
import type { SessionParts } from './parts.js';

type Outcome = Result<null, SessionFailure>;

/**
 * Signs out on this device, each step on the disk before the next, so that a crash anywhere is finished at the next
 * start: (1) the handle that ends the session is marked for sending, refusals that have not arrived are signed and put aside,
 * and this device's own grants rest; (2) the token and the key go from memory and keychain; (3) everything kept for the account
 * goes. The network has no part in it; the sync engine sends refusals and handle when there is one.
 */
export async function signOut(parts: SessionParts, service: string): Promise<Outcome> {
  const begun = beginSignOut(parts, service);
  if (!begun.ok) return begun;
  await dropToken(parts, service);
  return finishSignOut(parts, service);
}

/**
 * Step 1 and the half of step 2 that needs no waiting: from here on the session counts no more, and what the signed-out
 * person allowed here before reads "ask again".
 */
export function beginSignOut({ store, live, vaults }: SessionParts, service: string): Outcome {
  const session = store.sessions.get(service);
  if (!session) return failed({ code: 'unknown-service' });
  const signer = live.keyOf(service);
  live.wipe(service);
  vaults.wipe(service);
  // Taken up again after a crash: what the person has allowed here since then is a new answer.
  if (session.state === 'signing-out') return ok(null);
  const marked = store.commit(() => {
    store.sessions.change(service, { state: 'signing-out' });
    store.revokeHandles.markToSend(session.handle);
    store.register.restGrants(service, '');
    keepRefusals(store, session, signer);
  });
  return marked.ok ? ok(null) : failed({ code: 'not-saved', cause: marked.error });
}

/** Step 3: nothing of the account stays but the numbers of its chains, and the refusals that are on their way. */
export function finishSignOut({ store, onChange }: SessionParts, service: string): Outcome {
  // Closed meanwhile: the next start finishes it.
  if (!store.isOpen()) return ok(null);
  const session = store.sessions.get(service);
  if (session?.state !== 'signing-out') return ok(null);
  const deleted = store.commit(() => {
    store.decisions.deleteSubject(service, session.accountId);
    store.sessions.delete(service);
    store.vault.delete(service);
  });
  if (!deleted.ok) return failed({ code: 'not-saved', cause: deleted.error });
  store.truncateLog();
  onChange(service);
  return ok(null);
}
