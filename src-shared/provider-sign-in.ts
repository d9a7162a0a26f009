import { z } from 'zod';
import { signInSchema } from './api-contract.js';
import { base64url32Schema } from './ids.js';
import { toBase64url, utf8 } from './ledger/bytes.js';
import type { Sha256 } from './ledger/entry.js';

/** A signed JWT in its compact form. */
const idTokenSchema = z
  .string()
  .max(16_384)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'must be a signed JWT in compact form');

/**
 * `POST /v1/sessions/provider`: begins a session with what a provider says of the person (an ID token of OpenID Connect) in the
 * place of address and password. The hash of the handle is not optional here: the provider's word is bound to it.
 */
export const providerSignInSchema = signInSchema.omit({ email: true, password: true }).extend({
  idToken: idTokenSchema,
  revokeHash: base64url32Schema,
});
export type ProviderSignIn = z.infer<typeof providerSignInSchema>;

/**
 * The `nonce` that the client asks the provider to put into the ID token. It names the service and the one session that the
 * token may begin, and it is a hash of what never passes through the browser: whoever gets hold of the token alone
 * can begin nothing with it.
 * @param revokeHash base64url SHA-256 of the revoke handle.
 * @returns base64url SHA-256.
 */
export function nonceOf(sha256: Sha256, service: string, revokeHash: string): string {
  return toBase64url(sha256(utf8(`SAYSO-SIGN-IN-V1\0${service}\0${revokeHash}`)));
}

/**
 * `POST /v1/account/erasure`: erases an account that is signed in to at a provider, with an ID token of a sign-in that is of
 * just now in the place of a password.
 */
export const erasureSchema = z.object({
  idToken: idTokenSchema,
  /** 32 random bytes, base64url, that never passed through the browser. */
  secret: base64url32Schema,
});
export type Erasure = z.infer<typeof erasureSchema>;

/**
 * The `nonce` of a sign-in that is to prove who erases an account. It names service and session, and hashes a secret that only
 * the app knows until then: a token of any other sign-in erases nothing, and one of this begins no session.
 * @returns base64url SHA-256.
 */
export function erasureNonceOf(
  sha256: Sha256,
  service: string,
  { sessionId, secret }: { readonly sessionId: string; readonly secret: string },
): string {
  return toBase64url(sha256(utf8(`SAYSO-ERASE-V1\0${service}\0${sessionId}\0${secret}`)));
}
