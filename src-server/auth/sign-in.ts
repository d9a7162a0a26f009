import type { SignIn } from '../../src-shared/api-contract.js';
import { keyIdOf } from '../../src-shared/ledger/keys.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import type { ServiceContext } from '../context.js';
import { isUsableKey } from '../keys/device-signatures.js';
import { sha256 } from '../keys/sha256.js';
import type { AccountRow } from '../store/accounts.js';
import type { SessionRow } from '../store/sessions.js';
import { emailKey } from './email.js';
import { hashOf, newId, newToken, storedHash } from './secrets.js';
import { expiryAtMs, KEPT_AFTER_EXPIRY_MS } from './session-state.js';

/** Why nobody was signed in. */
export type SignInFailure =
  | { readonly code: 'bad-credentials' }
  | { readonly code: 'too-many-requests'; readonly waitMs: number }
  /** The revoke hash belongs to a session already, so it could not end this one alone. */
  | { readonly code: 'handle-used' }
  | { readonly code: 'bad-key' };

/** A new session, with the token that is nowhere else. */
export interface SignedIn {
  readonly token: string;
  readonly session: SessionRow;
  readonly account: AccountRow;
}

/**
 * Begins a session. Unknown account and wrong password take the same way to the same answer. Only failures count towards
 * the limits, but each try is counted before it is made.
 * @param address where the request comes from.
 */
export async function signIn(
  context: ServiceContext,
  request: SignIn,
  address: string,
): Promise<Result<SignedIn, SignInFailure>> {
  const { service, limiters } = context;
  const { publicKey } = request.device;
  if (publicKey && !isUsableKey(publicKey)) return failed({ code: 'bad-key' });
  const key = emailKey(request.email);
  const accountLimit = { limiter: limiters.signInPerAccount, key: `${service.id} ${key}` };
  const addressLimit = { limiter: limiters.signInPerAddress, key: address };
  const waitMs = addressLimit.limiter.take(addressLimit.key);
  if (waitMs > 0) return failed({ code: 'too-many-requests', waitMs });
  const accountWaitMs = accountLimit.limiter.take(accountLimit.key);
  if (accountWaitMs > 0) return failed({ code: 'too-many-requests', waitMs: accountWaitMs });
  const account = await checkedAccount(context, key, request.password);
  if (!account) return failed({ code: 'bad-credentials' });
  for (const { limiter, key: counted } of [accountLimit, addressLimit]) limiter.giveBack(counted);
  return begin(context, request, account);
}

async function checkedAccount(
  { service, store, passwords }: ServiceContext,
  key: string,
  password: string,
): Promise<AccountRow | undefined> {
  const account = await store.accounts.findByEmail(service.id, key);
  const fits = await passwords.check(password, account?.password_hash);
  return fits ? account : undefined;
}

async function begin(
  { service, store, randomBytes, nowMs }: ServiceContext,
  request: SignIn,
  account: AccountRow,
): Promise<Result<SignedIn, SignInFailure>> {
  const token = newToken(randomBytes);
  const now = nowMs();
  const session: SessionRow = {
    id: newId(randomBytes),
    account_id: account.id,
    service: service.id,
    token_hash: hashOf(token),
    revoke_hash: request.revokeHash === undefined ? null : storedHash(request.revokeHash),
    device_id: request.device.id,
    device_name: storable(request.device.name),
    created_at_ms: now,
    last_used_at_ms: now,
    expires_at_ms: expiryAtMs(now, request.remember),
    ended_at_ms: null,
  };
  await store.sessions.forget(now - KEPT_AFTER_EXPIRY_MS);
  if (!(await store.sessions.add(session))) return failed({ code: 'handle-used' });
  const { id: device, publicKey } = request.device;
  if (publicKey) {
    const key = { ...publicKey, kid: keyIdOf(sha256, publicKey), device };
    await store.deviceKeys.add(account.id, key, now);
  }
  return ok({ token, session, account });
}

/** Text as every database takes it: SQLite changes lone surrogates, PostgreSQL refuses the character 0. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}
