import type { SignIn } from '../../src-shared/api-contract.js';
import { keyIdOf } from '../../src-shared/ledger/keys.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { ServiceContext } from '../context.js';
import { sha256 } from '../keys/sha256.js';
import type { AccountRow } from '../store/accounts.js';
import type { SessionRow } from '../store/sessions.js';
import type { PasswordFailure } from './check-password.js';
import { hashOf, newId, newToken, storedHash } from './secrets.js';
import { expiryAtMs, KEPT_AFTER_EXPIRY_MS } from './session-state.js';
import { storable } from './storable.js';

/** Why nobody was signed in. */
export type SignInFailure =
  | PasswordFailure
  /** The revoke hash belongs to a session already, so it could not end this one alone. */
  | { readonly code: 'handle-used' }
  | { readonly code: 'bad-key' };

/** A new session, with the token that is nowhere else. */
export interface SignedIn {
  readonly token: string;
  readonly session: SessionRow;
  readonly account: AccountRow;
}

/** Begins a session of an account, once it is proved whose it is. */
export async function beginSession(
  { service, store, randomBytes, nowMs }: ServiceContext,
  request: Pick<SignIn, 'device' | 'remember' | 'revokeHash'>,
  account: AccountRow,
): Promise<Result<SignedIn, SignInFailure>> {
  const token = newToken(randomBytes);
  const now = nowMs();
  const { id: device, name, publicKey } = request.device;
  const session: SessionRow = {
    id: newId(randomBytes),
    account_id: account.id,
    service: service.id,
    token_hash: hashOf(token),
    revoke_hash: request.revokeHash === undefined ? null : storedHash(request.revokeHash),
    device_id: device,
    device_name: storable(name),
    created_at_ms: now,
    last_used_at_ms: now,
    expires_at_ms: expiryAtMs(now, request.remember),
    ended_at_ms: null,
  };
  await store.sessions.forget(now - KEPT_AFTER_EXPIRY_MS, now);
  const begun = await store.sessions.begin({
    session,
    key: publicKey ? { ...publicKey, kid: keyIdOf(sha256, publicKey), device } : null,
    passwordHash: account.password_hash,
  });
  if (begun === 'handle-used') return failed({ code: 'handle-used' });
  if (begun === 'account-changed') return failed({ code: 'bad-credentials' });
  return ok({ token, session, account });
}
