import type { NewSession, SignIn } from '../../src-shared/api-contract.js';
import type { SessionFailure } from '../../src-shared/failures.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { ApiFailure } from '../api/index.js';
import type { DeviceKey } from '../crypto/index.js';
import { dropToken } from './drop-token.js';
import { mayHaveOpened, sessionFailureOf } from './failure.js';
import { keepRefusals } from './keep-refusals.js';
import { keepSecrets } from './keep-secrets.js';
import type { SessionParts } from './parts.js';

/** A session that is to begin, and whether it should outlive the app. */
export interface Beginning {
  readonly service: string;
  readonly remember: boolean;
  /** The revoke handle, which nobody has seen yet. */
  readonly handle: string;
}

/** What every sign-in says of this device and its session, whatever proves who the person is. */
export type Bearing = Pick<SignIn, 'device' | 'remember'> & { readonly revokeHash: string };

/**
 * Begins a session. The revoke handle is stored first, so that whatever happens after it (no answer, a crash, a full
 * disk) a session that the server may have opened can still be ended.
 * @param ask sends the sign-in, with what proves who the person is.
 */
export async function beginSession(
  parts: SessionParts,
  { service, remember, handle }: Beginning,
  ask: (baseAddress: string, bearing: Bearing) => Promise<Result<NewSession, ApiFailure>>,
): Promise<Result<null, SessionFailure>> {
  const { store, live } = parts;
  const baseAddress = parts.baseAddressOf(service);
  if (baseAddress === null) return failed({ code: 'unknown-service' });
  const deviceKey = parts.newDeviceKey();
  const begun = store.commit(() => {
    store.revokeHandles.begin({ handle, service, baseAddress, madeAtMs: parts.nowMs() });
    if (remember) store.meta.setTokenMayRemain(service, true);
  });
  if (!begun.ok) return failed({ code: 'not-saved', cause: begun.error });

  const answer = await ask(baseAddress, {
    remember,
    device: {
      id: store.meta.deviceId(service),
      name: parts.deviceName,
      publicKey: deviceKey.publicKey,
    },
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

  const vaultKey = parts.newVaultKey();
  const { token, account } = answer.value;
  const remembered =
    remember && (await keepSecrets(parts, service, { token, vaultKey, deviceKey }));
  if (!store.isOpen()) return failed({ code: 'no-network' });
  const kept = store.commit(() => {
    keepSession(parts, { service, baseAddress, handle, remembered }, answer.value, deviceKey);
  });
  if (!kept.ok) {
    if (remembered) await dropToken(parts, service);
    return failed({ code: 'not-saved', cause: kept.error });
  }
  // Rows of an account that was here before may have gone with that commit; the log is not to keep them.
  store.truncateLog();
  live.set(service, {
    token,
    deviceKey,
    isAsked: true,
    unkept: remember && !remembered ? vaultKey : null,
  });
  parts.vaults.open(service, account.id, remembered ? vaultKey : null);
  parts.vaults.put(service, { email: account.email });
  parts.onChange(service);
  return ok(null);
}

function keepSession(
  { store, live }: SessionParts,
  session: { service: string; baseAddress: string; handle: string; remembered: boolean },
  { account, sessionId, expiresAt }: NewSession,
  deviceKey: DeviceKey,
): void {
  const { service, handle } = session;
  const before = store.sessions.get(service);
  if (before) store.revokeHandles.markToSend(before.handle);
  // The same account takes up what it left (its session ran out, or its token cannot be reached); another begins with nothing.
  const same = before?.accountId === account.id && before.state !== 'signing-out' ? before : null;
  if (before && !same) {
    // Nothing of it is ever sent as somebody else; what it refused goes without a session. A sign-out has seen to that already.
    if (before.state !== 'signing-out') keepRefusals(store, before, live.keyOf(service));
    store.decisions.deleteSubject(service, before.accountId);
  }
  // Sealed with a key that is no more.
  store.vault.delete(service);
  store.revokeHandles.hold(handle);
  // Another key signs from now on; a chain of its own keeps what an earlier session left unsent out of the way.
  if (!same) store.chains.endChain(service, account.id);
  store.publicKeys.putDeviceKey(service, account.id, {
    ...deviceKey.publicKey,
    kid: deviceKey.kid,
    device: store.meta.deviceId(service),
  });
  store.sessions.put({
    ...session,
    accountId: account.id,
    sessionId,
    expiresAtMs: Date.parse(expiresAt),
    state: 'active',
    pulled: same?.pulled ?? false,
    pullCursor: same?.pullCursor ?? '',
    seenRow: same?.seenRow ?? 0,
    deviceChoices: same?.deviceChoices ?? 'unasked',
    beganRow: same?.beganRow ?? store.decisions.lastRow(),
    arrival: same?.arrival ?? 'awaited',
  });
}
