import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { base64url32Schema } from '../../src-shared/ids.js';
import { keyIdOf, publicKeySchema, type ServerKey } from '../../src-shared/ledger/keys.js';
import type { RandomBytes } from '../auth/secrets.js';
import { sha256 } from './sha256.js';

/** A key that the server signs receipts with, as it is kept. */
export interface SigningKey {
  readonly kid: string;
  /** The private key as JWK (RFC 8037), JSON. */
  readonly privateJwk: string;
}

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410, section 7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

const privateJwkSchema = publicKeySchema.extend({ d: base64url32Schema });

/** A new Ed25519 key from 32 random bytes; its id is its thumbprint. */
export function newSigningKey(randomBytes: RandomBytes): SigningKey {
  const der = Buffer.concat([PKCS8_HEAD, randomBytes(32)]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const jwk = privateJwkSchema.parse({
    ...createPublicKey(key).export({ format: 'jwk' }),
    d: der.subarray(PKCS8_HEAD.length).toString('base64url'),
  });
  return { kid: keyIdOf(sha256, jwk), privateJwk: JSON.stringify(jwk) };
}

/** The key, ready to sign. */
export function keyObjectOf({ privateJwk }: SigningKey): KeyObject {
  const jwk = privateJwkSchema.parse(JSON.parse(privateJwk));
  return createPrivateKey({ key: { ...jwk }, format: 'jwk' });
}

/** What may be published of it. Parsing leaves the private member out. */
export function publicPartOf({ kid, privateJwk }: SigningKey): ServerKey {
  return { ...publicKeySchema.parse(JSON.parse(privateJwk)), kid };
}
