import type { AccountFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { ApiFailure } from '../api/index.js';
import type { SessionAccess } from '../session/index.js';
import { accountFailureOf, mayBeDone } from './failure.js';
import type { AccountParts } from './parts.js';

/** A session that was opened to prove a password, and the handle that ends it. */
export interface Proof {
  readonly token: string;
  readonly handle: string;
}

/**
 * Proves that whoever asks knows the password of the account that is signed in, by signing in once more. The handle of that
 * second session is stored first, so that it is ended whatever comes between.
 * @returns a session that the caller uses at once and ends.
 */
export async function provePassword(
  parts: Pick<AccountParts, 'store' | 'api' | 'sessions' | 'nowMs' | 'newHandle' | 'hashHandle'> &
    Pick<AccountParts, 'deviceName'>,
  service: string,
  { baseAddress, token, accountId }: SessionAccess,
  password: string,
): Promise<Result<Proof, AccountFailure>> {
  const { store, api, nowMs } = parts;
  const email = await emailOf(parts, service, baseAddress, token);
  if (!email.ok) return failed(accountFailureOf(email.error));
  if (!store.isOpen()) return failed({ code: 'no-network' });
  const handle = parts.newHandle();
  const begun = store.commit(() => {
    store.revokeHandles.begin({ handle, service, baseAddress, madeAtMs: nowMs() });
  });
  if (!begun.ok) return failed({ code: 'not-saved', cause: begun.error });
  const opened = await api.signIn(baseAddress, {
    email: email.value,
    password,
    remember: false,
    device: { id: store.meta.deviceId(service), name: parts.deviceName },
    revokeHash: parts.hashHandle(handle),
  });
  // Closed meanwhile: the next start ends whatever this opened.
  if (!store.isOpen()) return failed({ code: 'no-network' });
  const isSame = opened.ok && opened.value.account.id === accountId;
  if (opened.ok && isSame) return ok({ token: opened.value.token, handle });
  const mayStand = opened.ok || mayBeDone(opened.error);
  store.commit(() => {
    if (mayStand) store.revokeHandles.markToSend(handle);
    else store.revokeHandles.remove(handle);
  });
  return failed(opened.ok ? { code: 'not-understood' } : wrongOrElse(opened.error));
}

async function emailOf(
  { api, sessions }: Pick<AccountParts, 'api' | 'sessions'>,
  service: string,
  baseAddress: string,
  token: string,
): Promise<Result<string, ApiFailure>> {
  const subject = sessions.view(service);
  if (subject.kind === 'signed-in' && subject.email !== null) return ok(subject.email);
  const known = await api.session(baseAddress, token);
  return known.ok ? ok(known.value.account.email) : known;
}

/** A password in a form no service takes is a wrong one too. */
function wrongOrElse(failure: ApiFailure): AccountFailure {
  const found = accountFailureOf(failure);
  return found.code === 'malformed-password' ? { code: 'wrong-password' } : found;
}
