import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';
import { signedBytesOf } from '../../src-shared/ledger/entry.js';
import type { PublicKey } from '../../src-shared/ledger/keys.js';

/** SHA-256 of Node's own library. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}

/**
 * A check of entry signatures against some public keys. Each key is prepared once.
 * @param keys by their id.
 */
export function createSignatureCheck(keys: ReadonlyMap<string, PublicKey>) {
  const prepared = new Map<string, KeyObject>();
  const keyOf = (kid: string): KeyObject | null => {
    const known = prepared.get(kid);
    if (known) return known;
    const jwk = keys.get(kid);
    if (!jwk) return null;
    const { kty, crv, x } = jwk;
    try {
      const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
      prepared.set(kid, key);
      return key;
    } catch {
      return null;
    }
  };
  return (entryHash: string, kid: string, signature: string): boolean => {
    const key = keyOf(kid);
    return (
      key !== null &&
      verify(null, signedBytesOf(entryHash), key, Buffer.from(signature, 'base64url'))
    );
  };
}
