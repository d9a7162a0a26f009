import { failed, ok, type Result } from '../../src-shared/result.js';
import type { ServiceContext } from '../context.js';
import type { SessionWithEmail } from '../store/sessions.js';
import { checkPassword, type PasswordFailure } from './check-password.js';
import { emailKey } from './email.js';

/** What a change of password takes. */
export interface NewPassword {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/**
 * Gives the account of a session another password and ends all its other sessions, so that whoever knew the old one is out.
 * @param address where the request comes from.
 */
export async function changePassword(
  context: ServiceContext,
  session: SessionWithEmail,
  { currentPassword, newPassword }: NewPassword,
  address: string,
): Promise<Result<null, PasswordFailure>> {
  const { store, passwords, nowMs } = context;
  const { account_id: accountId, id: sessionId } = session;
  const attempt = { emailKey: emailKey(session.email), address, password: currentPassword };
  const account = await checkPassword(context, attempt, () => store.accounts.find(accountId));
  if (!account.ok) return account;
  const changed = await store.accounts.changePassword({
    accountId,
    from: account.value.password_hash,
    to: await passwords.hash(newPassword),
    sessionId,
    atMs: nowMs(),
  });
  // Somebody else was quicker, so what was checked is the password no more.
  if (!changed) return failed({ code: 'bad-credentials' });
  store.announcements.announce({ kind: 'sessions', accountId });
  return ok(null);
}
