import { nonceOf, type ProviderSignIn } from '../../../src-shared/provider-sign-in.js';
import { failed, type Result } from '../../../src-shared/result.js';
import type { ServiceContext } from '../../context.js';
import { isUsableKey } from '../../keys/device-signatures.js';
import { sha256 } from '../../keys/sha256.js';
import type { AccountRow } from '../../store/accounts.js';
import { beginSession, type SignedIn, type SignInFailure } from '../begin-session.js';
import { networkOf } from '../network.js';
import { hashOfNoPassword } from '../passwords.js';
import { newId } from '../secrets.js';
import { storable } from '../storable.js';
import type { IdClaims } from './id-token.js';
import type { Provider } from './provider.js';

/** `provider-away`: its keys could not be fetched, so nobody can say whether the token is good. */
export type ProviderSignInFailure = SignInFailure | { readonly code: 'provider-away' };

/**
 * Begins a session for whom the provider names. A token begins one session only: it is bound to a revoke hash, and each of
 * those is claimed once.
 * @param address where the request comes from.
 */
export async function signInByProvider(
  context: ServiceContext,
  provider: Provider,
  request: ProviderSignIn,
  address: string,
): Promise<Result<SignedIn, ProviderSignInFailure>> {
  const { service, limiters } = context;
  const { publicKey } = request.device;
  if (publicKey && !isUsableKey(publicKey)) return failed({ code: 'bad-key' });
  const network = networkOf(address);
  const waitMs = limiters.signInPerAddress.take(network);
  if (waitMs > 0) return failed({ code: 'too-many-requests', waitMs });
  const nonce = nonceOf(sha256, service.id, request.revokeHash);
  const claims = await provider.check(request.idToken, nonce);
  if (!claims.ok && claims.error.code === 'not-believed')
    return failed({ code: 'bad-credentials' });
  limiters.signInPerAddress.giveBack(network);
  if (!claims.ok) return failed({ code: 'provider-away' });
  const account = await accountOf(context, provider.issuer, claims.value);
  return beginSession(context, request, account);
}

async function accountOf(
  { service, store, randomBytes, nowMs }: ServiceContext,
  issuer: string,
  { subject, email }: IdClaims,
): Promise<AccountRow> {
  const shown = storable(email);
  const person = { service: service.id, issuer, subject: storable(subject) };
  const account = await store.providerPersons.accountOf(person, () => {
    const id = newId(randomBytes);
    return {
      id,
      service: service.id,
      email: shown,
      // No address at all, so that nobody finds the account by one, and it takes none from anybody.
      email_key: `provider ${id}`,
      password_hash: hashOfNoPassword(randomBytes),
      created_at_ms: nowMs(),
    };
  });
  if (account.email !== shown) await store.providerPersons.setEmail(account.id, shown);
  return { ...account, email: shown };
}
