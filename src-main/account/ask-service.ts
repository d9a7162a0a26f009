import type { AccountFailure } from '../../src-shared/failures.js';
import { failed, type Result } from '../../src-shared/result.js';
import type { ApiFailure } from '../api/index.js';
import type { SessionAccess } from '../session/index.js';
import { accountFailureOf } from './failure.js';
import type { AccountParts } from './parts.js';

/** What asking takes. `rejected` is told when the service no longer accepts the session. */
export interface AskParts extends Pick<AccountParts, 'store' | 'sessions' | 'wake'> {
  readonly rejected: (service: string, reason: 'expired' | 'ended') => Promise<void>;
}

/**
 * Makes a call for whoever is signed in to a service. An answer to a session that is no longer the one here is dropped; the
 * service's word that the session is over is acted on at once, as when a sync run hears it.
 */
export async function askService<Value>(
  { store, sessions, rejected, wake }: AskParts,
  service: string,
  call: (access: SessionAccess) => Promise<Result<Value, ApiFailure>>,
): Promise<Result<Value, AccountFailure>> {
  const access = sessions.access(service);
  if (!access) return failed({ code: 'not-signed-in' });
  const answer = await call(access);
  if (!store.isOpen()) return failed({ code: 'no-network' });
  const isStillHere = sessions.access(service)?.token === access.token;
  if (answer.ok) return isStillHere ? answer : failed({ code: 'not-signed-in' });
  const failure = accountFailureOf(answer.error);
  const isOver = failure.code === 'session-ended' || failure.code === 'session-expired';
  if (isOver && isStillHere) {
    await rejected(service, failure.code === 'session-ended' ? 'ended' : 'expired');
    wake(service);
  }
  return failed(failure);
}
