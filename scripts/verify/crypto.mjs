import { createHash, createPublicKey, verify } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';

/**
 * The primitives that checking an export needs, from Node and jose.
 *
 * @param {string} receiptType `typ` that a receipt has to have
 * @returns {import('../../src-shared/proof/verify.js').VerifyCrypto}
 */
export function createVerifyCrypto(receiptType) {
  return {
    sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
    isEd25519({ kty, crv, x }, message, signature) {
      try {
        const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
        return verify(null, message, key, signature);
      } catch {
        // A key that is no point on the curve has signed nothing.
        return false;
      }
    },
    async openJws(jws, { kty, crv, x }) {
      try {
        const key = await importJWK({ kty, crv, x }, 'Ed25519');
        const { payload, protectedHeader } = await compactVerify(jws, key, {
          algorithms: ['Ed25519'],
        });
        return protectedHeader.typ === receiptType ? new TextDecoder().decode(payload) : null;
      } catch {
        return null;
      }
    },
  };
}
