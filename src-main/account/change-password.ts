import type { AccountFailure } from '../../src-shared/failures.js';
import { ok, type Result } from '../../src-shared/result.js';
import { askService, type AskParts } from './ask-service.js';
import type { AccountParts } from './parts.js';

/** Gives the account that is signed in another password. Its other sessions end at the service; nothing changes here. */
export async function changePassword(
  parts: AskParts & Pick<AccountParts, 'api'>,
  service: string,
  passwords: { readonly current: string; readonly next: string },
): Promise<Result<null, AccountFailure>> {
  const body = { currentPassword: passwords.current, newPassword: passwords.next };
  const changed = await askService(parts, service, ({ baseAddress, token }) =>
    parts.api.changePassword(baseAddress, token, body),
  );
  return changed.ok ? ok(null) : changed;
}
