import { generateKeyPairSync, sign } from 'node:crypto';
import type { ReceiptLeaf, Receipt } from '../../../src-shared/ledger/receipt.js';
import type { ServerKey } from '../../../src-shared/ledger/keys.js';
import { secondThumbprint } from '../second/hashes.js';
import { secondJcs } from '../second/jcs.js';
import { secondLeaf } from '../second/merkle.js';

/** A server's side of receipts, written from the words of the protocol with `node:crypto` alone. */
export interface ReceiptSigner {
  /** What stands in the service's `/.well-known/jwks.json`. */
  readonly keys: readonly ServerKey[];
  /** The receipt of one entry, signed for it alone. @param receivedAt UTC. */
  receiptOf(leaf: ReceiptLeaf, receivedAt: string): Receipt;
}

/** @param iss the base address that the profile of the service names. */
export function receiptSigner(service: string, iss: string): ReceiptSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const kid = secondThumbprint(x);
  const encoded = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');
  return {
    keys: [{ kty: 'OKP', crv: 'Ed25519', x, kid }],
    receiptOf(leaf, receivedAt) {
      const root = secondLeaf(Buffer.from(secondJcs(leaf), 'utf8')).toString('hex');
      const header = JSON.stringify({ alg: 'Ed25519', typ: 'sayso-receipt+jws', kid });
      const statement = secondJcs({ v: 1, iss, service, receivedAt, size: 1, root });
      const signed = `${encoded(header)}.${encoded(statement)}`;
      const signature = sign(null, Buffer.from(signed, 'ascii'), privateKey).toString('base64url');
      return { leaf, index: 0, path: [], jws: `${signed}.${signature}` };
    },
  };
}
