import { failed, ok, type Result } from '../../src-shared/result.js';
import type { AccountFailure } from '../../src-shared/failures.js';
import type { ApiFailure } from '../api/index.js';
import type { SessionAccess } from '../session/index.js';
import { mayBeDone } from './failure.js';
import type { AccountParts } from './parts.js';

/** No outbox is longer. */
const ALL = Number.MAX_SAFE_INTEGER;

/** What a deletion acts on, whatever proves who asks. */
export interface ErasingParts extends Pick<AccountParts, 'store' | 'sessions'> {
  /** Told before the account goes from here, so that the window can say why. */
  readonly onDeleted: () => void;
}

type NotSaved = Extract<AccountFailure, { code: 'not-saved' }>;

type NotAsked = NotSaved | { readonly code: 'not-signed-in' | 'no-network' };

/**
 * Asks the service to erase an account. That it was asked for is noted first: where no answer comes, the service's next word
 * that it does not know the session any more means that it was done.
 * @param failureOf what the service's no comes to; also where no answer came, so that it may be done all the same.
 */
export async function askToErase<Failure>(
  { store, sessions }: ErasingParts,
  service: string,
  { token, accountId }: SessionAccess,
  ask: () => Promise<Result<undefined, ApiFailure>>,
  failureOf: (failure: ApiFailure) => Failure,
): Promise<Result<null, Failure | NotAsked>> {
  if (!store.isOpen() || sessions.access(service)?.token !== token)
    return failed({ code: 'not-signed-in' });
  const noted = store.commit(() => {
    store.meta.setErasingAccount(service, accountId);
  });
  if (!noted.ok) return failed({ code: 'not-saved', cause: noted.error });
  const answer = await ask();
  // The app is closing: the next start finds out.
  if (!store.isOpen()) return failed({ code: 'no-network' });
  if (answer.ok) return ok(null);
  if (!mayBeDone(answer.error)) store.meta.setErasingAccount(service, null);
  return failed(failureOf(answer.error));
}

/**
 * The service has nothing of the account any more, so neither is anything sent to it, nor kept here.
 * @param proofHandle ends the session that proved who asks, if one did; it is gone with the account.
 */
export async function leaveErased(
  { store, sessions, onDeleted }: ErasingParts,
  service: string,
  accountId: string,
  proofHandle: string | null,
): Promise<Result<null, NotSaved | { readonly code: 'unknown-service' }>> {
  const dropped = store.commit(() => {
    if (proofHandle !== null) store.revokeHandles.remove(proofHandle);
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
