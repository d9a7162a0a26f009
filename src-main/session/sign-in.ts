import type { NewSession } from '../../src-shared/api-contract.js';
import type { SessionFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { tokenAccount } from '../secrets/index.js';
import { dropToken } from './drop-token.js';
import { mayHaveOpened, sessionFailureOf } from './failure.js';
import type { SessionParts } from './parts.js';

/** What the person typed, and whether the session should outlive the app. */
export interface Credentials {
  readonly service: string;
  readonly email: string;
  readonly password: string;
  readonly remember: boolean;
}

/**
 * Signs in. The revoke handle is made and stored first, so that whatever happens after it (no answer, a crash, a full
 * disk) a session that the server may have opened can still be ended.
 */
export async function signIn(
  parts: SessionParts,
  { service, email, password, remember }: Credentials,
): Promise<Result<null, SessionFailure>> {
  const { store, api, live } = parts;
  const baseAddress = parts.baseAddressOf(service);
  if (baseAddress === null) return failed({ code: 'unknown-service' });
  const handle = parts.newHandle();
  const begun = store.commit(() => {
    store.revokeHandles.begin({ handle, service, baseAddress, madeAtMs: parts.nowMs() });
    if (remember) store.meta.setTokenMayRemain(service, true);
  });
  if (!begun.ok) return failed({ code: 'not-saved', cause: begun.error });

  const answer = await api.signIn(baseAddress, {
    email,
    password,
    remember,
    device: { id: store.meta.deviceId(service), name: parts.deviceName },
    revokeHash: parts.hashHandle(handle),
  });
  // Closed meanwhile: the handle is kept, and the next start ends whatever this opened.
  if (!store.isOpen()) return failed({ code: 'no-network' });
  if (!answer.ok) {
    const opened = mayHaveOpened(answer.error);
    store.commit(() => {
      if (opened) store.revokeHandles.markToSend(handle);
      else store.revokeHandles.remove(handle);
      if (!store.sessions.get(service)) store.meta.setTokenMayRemain(service, false);
    });
    return failed(sessionFailureOf(answer.error));
  }

  const remembered = remember && (await keepToken(parts, service, answer.value.token));
  if (!store.isOpen()) return failed({ code: 'no-network' });
  const kept = store.commit(() => {
    keepSession(parts, { service, baseAddress, handle, remembered }, answer.value);
  });
  if (!kept.ok) {
    if (remembered) await dropToken(parts, service);
    return failed({ code: 'not-saved', cause: kept.error });
  }
  // Rows of an account that was here before may have gone with that commit; the log is not to keep them.
  store.truncateLog();
  live.set(service, { token: answer.value.token, email: answer.value.account.email });
  parts.onChange(service);
  return ok(null);
}

/** @returns whether the token is in the keychain; where it is not, it lives in memory until the app closes. */
async function keepToken(
  { keychain, store }: SessionParts,
  service: string,
  token: string,
): Promise<boolean> {
  const kept = await keychain.set(tokenAccount(service, store.meta.profileId()), token);
  return kept.ok;
}

function keepSession(
  { store }: SessionParts,
  session: { service: string; baseAddress: string; handle: string; remembered: boolean },
  { account, sessionId, expiresAt }: NewSession,
): void {
  const { service, handle } = session;
  const before = store.sessions.get(service);
  if (before) store.revokeHandles.markToSend(before.handle);
  // The same account takes up what it left (its session ran out, or its token cannot be reached); another begins with nothing.
  const same = before?.accountId === account.id && before.state !== 'signing-out' ? before : null;
  if (before && !same) store.decisions.deleteSubject(service, before.accountId);
  store.revokeHandles.hold(handle);
  store.sessions.put({
    ...session,
    accountId: account.id,
    sessionId,
    expiresAtMs: Date.parse(expiresAt),
    state: 'active',
    pulled: same?.pulled ?? false,
    pullCursor: same?.pullCursor ?? '',
    deviceChoices: same?.deviceChoices ?? 'unasked',
    beganRow: same?.beganRow ?? store.decisions.lastRow(),
  });
}
