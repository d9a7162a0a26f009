import type { AccountFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { accountFailureOf, mayBeDone } from './failure.js';
import type { AccountParts } from './parts.js';
import { provePassword } from './prove-password.js';

/** No outbox is longer. */
const ALL = Number.MAX_SAFE_INTEGER;

interface Parts extends AccountParts {
  /** Told before the account goes from here, so that the window can say why. */
  readonly onDeleted: () => void;
}

/**
 * Erases the account at its service and then here. That it was asked for is noted first: where no answer comes, the service's
 * next word that it does not know the session any more means that it was done.
 */
export async function deleteAccount(
  parts: Parts,
  service: string,
  password: string,
): Promise<Result<null, AccountFailure>> {
  const { store, api, sessions } = parts;
  const access = sessions.access(service);
  if (!access) return failed({ code: 'not-signed-in' });
  const proof = await provePassword(parts, service, access, password);
  if (!proof.ok) return proof;
  const { handle, token } = proof.value;
  const stillHere = (): boolean =>
    store.isOpen() && sessions.access(service)?.token === access.token;
  if (!stillHere()) {
    endProof(parts, service, handle);
    return failed({ code: 'not-signed-in' });
  }
  const noted = store.commit(() => {
    store.meta.setErasingAccount(service, access.accountId);
  });
  if (!noted.ok) {
    endProof(parts, service, handle);
    return failed({ code: 'not-saved', cause: noted.error });
  }
  const erased = await api.eraseAccount(access.baseAddress, token);
  if (!store.isOpen()) return failed({ code: 'no-network' });
  if (!erased.ok) {
    if (!mayBeDone(erased.error)) store.meta.setErasingAccount(service, null);
    endProof(parts, service, handle);
    return failed(accountFailureOf(erased.error));
  }
  return leaveErased(parts, service, access.accountId, handle);
}

/** The session that proved the password is of no more use. */
function endProof({ store, wake }: AccountParts, service: string, handle: string): void {
  if (!store.isOpen()) return;
  store.commit(() => {
    store.revokeHandles.markToSend(handle);
  });
  wake(service);
}

/** The service has nothing of the account any more, so neither is anything sent to it, nor kept here. */
async function leaveErased(
  { store, sessions, onDeleted }: Parts,
  service: string,
  accountId: string,
  handle: string,
): Promise<Result<null, AccountFailure>> {
  const dropped = store.commit(() => {
    store.revokeHandles.remove(handle);
    for (const { id } of store.outbox.waiting(service, accountId, ALL)) store.outbox.remove(id);
  });
  if (!dropped.ok) return failed({ code: 'not-saved', cause: dropped.error });
  onDeleted();
  if (store.sessions.get(service)?.accountId !== accountId) return ok(null);
  const left = await sessions.signOut(service);
  if (!left.ok)
    return failed(left.error.code === 'not-saved' ? left.error : { code: 'unknown-service' });
  if (store.isOpen()) store.meta.setErasingAccount(service, null);
  return ok(null);
}
