import type { SignIn } from '../../src-shared/api-contract.js';
import { failed, type Result } from '../../src-shared/result.js';
import type { ServiceContext } from '../context.js';
import { isUsableKey } from '../keys/device-signatures.js';
import { beginSession, type SignedIn, type SignInFailure } from './begin-session.js';
import { checkPassword } from './check-password.js';
import { emailKey } from './email.js';

/**
 * Begins a session. Unknown account and wrong password take the same way to the same answer.
 * @param address where the request comes from.
 */
export async function signIn(
  context: ServiceContext,
  request: SignIn,
  address: string,
): Promise<Result<SignedIn, SignInFailure>> {
  const { service, store } = context;
  const { publicKey } = request.device;
  if (publicKey && !isUsableKey(publicKey)) return failed({ code: 'bad-key' });
  const key = emailKey(request.email);
  const { password } = request;
  const account = await checkPassword(context, { emailKey: key, address, password }, () =>
    store.accounts.findByEmail(service.id, key),
  );
  return account.ok ? beginSession(context, request, account.value) : account;
}
