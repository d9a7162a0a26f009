import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import { keyIdOf } from '../../../../src-shared/ledger/keys.js';
import type { PublicKey } from '../../../../src-shared/ledger/keys.js';
import { RECEIPT_TYPE } from '../../../../src-shared/ledger/receipt.js';

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest());

/** An Ed25519 key with its public part and thumbprint. */
export interface TestKey {
  readonly privateKey: KeyObject;
  readonly publicKey: PublicKey;
  readonly kid: string;
}

/** The key made from SHA-256 of a word, the same in every run. */
export function testKey(word: string): TestKey {
  const seed = createHash('sha256').update(word).digest();
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const privateKey = createPrivateKey({
    key: Buffer.concat([prefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const publicKey = { kty: 'OKP', crv: 'Ed25519', x } as const;
  return { privateKey, publicKey, kid: keyIdOf(sha256, publicKey) };
}

/** base64url signature over the bytes of a hash. */
export function signHash(key: TestKey, hash: string): string {
  return sign(null, Buffer.from(hash, 'hex'), key.privateKey).toString('base64url');
}

/** A compact JWS over a text; the header can be made wrong. */
export async function signJws(
  key: TestKey,
  payload: string,
  header: { readonly alg?: string; readonly typ?: string; readonly kid?: string } = {},
): Promise<string> {
  return await new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: 'Ed25519', typ: RECEIPT_TYPE, kid: key.kid, ...header })
    .sign(key.privateKey);
}
