import type { BrowserDeleteFailure } from '../../src-shared/failures.js';
import { erasureNonceOf } from '../../src-shared/provider-sign-in.js';
import { failed, type Result } from '../../src-shared/result.js';
import type { ApiFailure } from '../api/index.js';
import { askToErase, leaveErased, type ErasingParts } from './erase.js';
import { accountFailureOf } from './failure.js';
import type { AccountParts } from './parts.js';

type Outcome = Result<null, BrowserDeleteFailure>;

/**
 * Erases an account that has no password: the person signs in at the provider once more, and the service takes the provider's
 * word only where it is of just now, of the same person, and for this very session (`POST /v1/account/erasure`). Nothing is
 * kept of a try; before the browser comes back nothing was noted or sent.
 */
export async function deleteByBrowser(
  parts: AccountParts & ErasingParts,
  service: string,
): Promise<Outcome> {
  const { store, sessions, api } = parts;
  const access = sessions.access(service);
  const sessionId = store.sessions.get(service)?.sessionId;
  if (!access || sessionId === undefined) return failed({ code: 'not-signed-in' });
  const secret = parts.newHandle();
  const nonce = erasureNonceOf(parts.sha256, service, { sessionId, secret });
  return sessions.browser.proveAnew<null, BrowserDeleteFailure>(
    service,
    nonce,
    async (idToken): Promise<Outcome> => {
      const erased = await askToErase(
        parts,
        service,
        access,
        () => api.eraseAccountByProvider(access.baseAddress, access.token, { idToken, secret }),
        failureOf,
      );
      return erased.ok ? leaveErased(parts, service, access.accountId, null) : erased;
    },
  );
}

/** The service's own ways to say no to a provider's word. */
function failureOf(failure: ApiFailure): BrowserDeleteFailure {
  const type = failure.kind === 'problem' ? failure.problem.type : null;
  if (type === 'other-person') return { code: 'other-person' };
  if (type === 'sign-in-not-fresh') return { code: 'not-fresh' };
  const found = accountFailureOf(failure);
  // Nothing that was typed is at fault: there is no password.
  if (found.code === 'wrong-password' || found.code === 'malformed-password')
    return { code: 'not-understood' };
  return found;
}
