import type { SessionFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { tokenAccount } from '../secrets/index.js';
import type { SessionParts } from './parts.js';

type Outcome = Result<null, SessionFailure>;

/**
 * Signs out on this device, each step on the disk before the next, so that a crash anywhere is finished at the next
 * start: (1) the handle that ends the session is marked for sending; (2) the token goes from memory and keychain;
 * (3) everything kept for the account goes, and this device's own grants rest: they read "ask again" from here on.
 * The network has no part in it; the sync engine sends the handle when there is one.
 */
export async function signOut(parts: SessionParts, service: string): Promise<Outcome> {
  const begun = beginSignOut(parts, service);
  if (!begun.ok) return begun;
  const session = parts.store.sessions.get(service);
  if (session?.remembered) {
    const gone = await parts.keychain.delete(tokenAccount(service, parts.store.meta.profileId()));
    // The row stays as "signing-out", so that the next start tries the keychain again; nobody is signed in meanwhile.
    if (!gone.ok) {
      parts.onChange(service);
      return ok(null);
    }
  }
  return finishSignOut(parts, service);
}

/** Steps 1 and the half of 2 that needs no waiting: from here on the session counts no more. */
export function beginSignOut({ store, live }: SessionParts, service: string): Outcome {
  const session = store.sessions.get(service);
  if (!session) return failed({ code: 'unknown-service' });
  const marked = store.commit(() => {
    store.sessions.change(service, { state: 'signing-out' });
    store.revokeHandles.markToSend(session.handle);
  });
  if (!marked.ok) return failed({ code: 'not-saved', cause: marked.error });
  live.wipe(service);
  return ok(null);
}

/** Step 3, once no secret is left. */
export function finishSignOut({ store, onChange }: SessionParts, service: string): Outcome {
  const session = store.sessions.get(service);
  if (!session) return ok(null);
  const deleted = store.commit(() => {
    store.decisions.deleteSubject(service, session.accountId);
    store.sessions.delete(service);
    store.register.restGrants(service, '');
  });
  if (!deleted.ok) return failed({ code: 'not-saved', cause: deleted.error });
  store.truncateLog();
  onChange(service);
  return ok(null);
}
