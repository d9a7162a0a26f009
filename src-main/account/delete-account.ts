import type { AccountFailure } from '../../src-shared/failures.js';
import { failed, type Result } from '../../src-shared/result.js';
import { askToErase, leaveErased, type ErasingParts } from './erase.js';
import { accountFailureOf } from './failure.js';
import type { AccountParts } from './parts.js';
import { provePassword } from './prove-password.js';

/** Erases the account at its service and then here, once the password has proved who asks. */
export async function deleteAccount(
  parts: AccountParts & ErasingParts,
  service: string,
  password: string,
): Promise<Result<null, AccountFailure>> {
  const { api, sessions } = parts;
  const access = sessions.access(service);
  if (!access) return failed({ code: 'not-signed-in' });
  const proof = await provePassword(parts, service, access, password);
  if (!proof.ok) return proof;
  const { handle, token } = proof.value;
  const erased = await askToErase(
    parts,
    service,
    access,
    () => api.eraseAccount(access.baseAddress, token),
    accountFailureOf,
  );
  if (erased.ok) return leaveErased(parts, service, access.accountId, handle);
  endProof(parts, service, handle);
  return erased;
}

/** The session that proved the password is of no more use. */
function endProof({ store, wake }: AccountParts, service: string, handle: string): void {
  if (!store.isOpen()) return;
  store.commit(() => {
    store.revokeHandles.markToSend(handle);
  });
  wake(service);
}
