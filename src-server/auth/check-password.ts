import { failed, ok, type Result } from '../../src-shared/result.js';
import type { ServiceContext } from '../context.js';
import type { AccountRow } from '../store/accounts.js';
import { networkOf } from './network.js';

/** Why a password was not accepted. */
export type PasswordFailure =
  | { readonly code: 'bad-credentials' }
  | { readonly code: 'too-many-requests'; readonly waitMs: number };

/** A password to be checked. */
export interface PasswordTry {
  /** What wrong ones are counted under, whether there is such an account or not; see `emailKey`. */
  readonly emailKey: string;
  /** Where the request comes from. */
  readonly address: string;
  readonly password: string;
}

/**
 * Checks the password of an account. Only wrong ones count towards the limits of guessing, but each try is counted before
 * it is made. The work is the same whether there is such an account or not.
 * @param find looks the account up, once the limits allow it.
 */
export async function checkPassword(
  { service, limiters, passwords }: ServiceContext,
  { emailKey, address, password }: PasswordTry,
  find: () => Promise<AccountRow | undefined>,
): Promise<Result<AccountRow, PasswordFailure>> {
  const network = networkOf(address);
  const counted = [
    { limiter: limiters.signInPerAddress, key: network },
    { limiter: limiters.signInPerAccount, key: `${service.id} ${emailKey}` },
  ];
  const limits = [{ limiter: limiters.passwordsPerAddress, key: network }, ...counted];
  for (const { limiter, key } of limits) {
    const waitMs = limiter.take(key);
    if (waitMs > 0) return failed({ code: 'too-many-requests', waitMs });
  }
  const account = await find();
  const fits = await passwords.check(password, account?.password_hash);
  if (!account || !fits) return failed({ code: 'bad-credentials' });
  for (const { limiter, key } of counted) limiter.giveBack(key);
  return ok(account);
}
