import { z } from 'zod';
import { signInSchema } from './api-contract.js';
import { base64url32Schema } from './ids.js';
import { toBase64url, utf8 } from './ledger/bytes.js';
import type { Sha256 } from './ledger/entry.js';

/**
 * `POST /v1/sessions/provider`: begins a session with what a provider says of the person (an ID token of OpenID Connect) in the
 * place of address and password. The hash of the handle is not optional here: the provider's word is bound to it.
 */
export const providerSignInSchema = signInSchema.omit({ email: true, password: true }).extend({
  /** A signed JWT in its compact form. */
  idToken: z
    .string()
    .max(16_384)
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'must be a signed JWT in compact form'),
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
