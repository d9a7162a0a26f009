import { z } from 'zod';
import { base64url32Schema, opaqueIdSchema } from '../ids.js';
import { toBase64url, utf8 } from './bytes.js';
import { canonicalJson } from './canonical.js';
import type { Sha256 } from './entry.js';

/** The public part of an Ed25519 key as JWK (RFC 8037). */
export const publicKeySchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: base64url32Schema,
});
export type PublicKey = z.infer<typeof publicKeySchema>;

/** A device's key as it travels with pulled decisions; a server keeps it for ever, so that old entries stay checkable. */
export const deviceKeySchema = publicKeySchema.extend({
  kid: base64url32Schema,
  device: opaqueIdSchema,
});
export type DeviceKey = z.infer<typeof deviceKeySchema>;

/** A server's key as it stands in `/.well-known/jwks.json` (RFC 7517). Retired ones stay there. */
export const serverKeySchema = publicKeySchema.extend({ kid: z.string().min(1).max(64) });
export type ServerKey = z.infer<typeof serverKeySchema>;
export const serverKeysSchema = z.object({ keys: z.array(serverKeySchema).max(100) });

/** The id of a key: its JWK thumbprint (RFC 7638), base64url. */
export function keyIdOf(sha256: Sha256, { crv, kty, x }: PublicKey): string {
  return toBase64url(sha256(utf8(canonicalJson({ crv, kty, x }))));
}
