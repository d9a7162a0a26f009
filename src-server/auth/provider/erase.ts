import { erasureNonceOf, type Erasure } from '../../../src-shared/provider-sign-in.js';
import { failed, ok, type Result } from '../../../src-shared/result.js';
import type { ServiceContext } from '../../context.js';
import { sha256 } from '../../keys/sha256.js';
import type { SessionWithEmail } from '../../store/sessions.js';
import { storable } from '../storable.js';
import { CLOCKS_APART_S } from './id-token.js';
import type { Provider } from './provider.js';

/** `not-fresh`: also a token that is not to be believed, or was made for something else; none of them proves anything. */
export type EraseFailure = { readonly code: 'not-fresh' | 'other-person' | 'provider-away' };

/** How long ago the person may have proved who they are, in milliseconds: as long as Sayso waits for the browser. */
const FRESH_MS = 5 * 60_000;
const CLOCKS_APART_MS = CLOCKS_APART_S * 1000;

/**
 * Erases the account of a session, once the provider's word says that the same person has signed in there just now. The
 * provider is asked for a new sign-in with `prompt=login` and `max_age=0` (OpenID Connect Core 1.0, section 3.1.2.1), but whoever
 * holds the browser can leave both out of the address: what counts is `auth_time`, which the provider signs. The token is
 * bound to this very session and to a secret, and with the first use the session it is bound to is gone.
 */
export async function eraseByProvider(
  { service, store, nowMs }: ServiceContext,
  provider: Provider,
  { id: sessionId, account_id: accountId }: SessionWithEmail,
  { idToken, secret }: Erasure,
): Promise<Result<null, EraseFailure>> {
  const nonce = erasureNonceOf(sha256, service.id, { sessionId, secret });
  const claims = await provider.check(idToken, nonce);
  if (!claims.ok) {
    return failed({
      code: claims.error.code === 'unreachable' ? 'provider-away' : 'not-fresh',
    });
  }
  const { subject, authenticatedAtMs } = claims.value;
  if (!isFresh(authenticatedAtMs, nowMs())) return failed({ code: 'not-fresh' });
  const person = { service: service.id, issuer: provider.issuer, subject: storable(subject) };
  const theirs = await store.providerPersons.findAccount(person);
  if (theirs !== accountId) return failed({ code: 'other-person' });
  await store.accounts.erase(accountId);
  store.announcements.announce({ kind: 'sessions', accountId });
  return ok(null);
}

function isFresh(authenticatedAtMs: number | null, nowMs: number): boolean {
  if (authenticatedAtMs === null) return false;
  const ageMs = nowMs - authenticatedAtMs;
  return ageMs >= -CLOCKS_APART_MS && ageMs <= FRESH_MS + CLOCKS_APART_MS;
}
