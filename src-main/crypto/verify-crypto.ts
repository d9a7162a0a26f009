import { compactVerify, importJWK } from 'jose';
import { RECEIPT_TYPE } from '../../src-shared/ledger/receipt.js';
import type { VerifyCrypto } from '../../src-shared/proof/verify.js';
import { createSignatureCheck, sha256 } from './node-crypto.js';

/** The primitives that checking an export needs, from Node and jose. */
export const verifyCrypto: VerifyCrypto = {
  sha256,
  isEd25519(key, message, signature) {
    // The check of the ledger takes the hash that was signed: the message is its bytes.
    const isSigned = createSignatureCheck(new Map([['it', key]]));
    const hash = Buffer.from(message).toString('hex');
    return isSigned(hash, 'it', Buffer.from(signature).toString('base64url'));
  },
  async openJws(jws, { kty, crv, x }) {
    try {
      const key = await importJWK({ kty, crv, x }, 'Ed25519');
      const { payload, protectedHeader } = await compactVerify(jws, key, {
        algorithms: ['Ed25519'],
      });
      return protectedHeader.typ === RECEIPT_TYPE ? new TextDecoder().decode(payload) : null;
    } catch {
      // Whatever cannot be opened is no receipt of this service.
      return null;
    }
  },
};
