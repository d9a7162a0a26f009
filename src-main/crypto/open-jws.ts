import { compactVerify, importJWK } from 'jose';
import type { ServerKey } from '../../src-shared/ledger/keys.js';
import { RECEIPT_TYPE, type ReceiptCrypto } from '../../src-shared/ledger/receipt.js';

/**
 * Opens the signed statements of receipts with the keys of one service. A statement that covers a batch is opened once.
 * @param keys looked at for each new statement, so that keys learnt meanwhile count.
 */
export function createJwsOpener(keys: () => readonly ServerKey[]): ReceiptCrypto['openJws'] {
  const opened = new Map<string, ReturnType<ReceiptCrypto['openJws']>>();
  const open = async (jws: string): ReturnType<ReceiptCrypto['openJws']> => {
    try {
      let kid = '';
      const { payload } = await compactVerify(
        jws,
        (header) => {
          const key = keys().find((one) => one.kid === header.kid);
          if (!key) throw new Error('no such key');
          kid = key.kid;
          const { kty, crv, x } = key;
          return importJWK({ kty, crv, x }, 'Ed25519');
        },
        { algorithms: ['Ed25519'] },
      );
      const type = typeOf(jws);
      return type === RECEIPT_TYPE ? { payload: new TextDecoder().decode(payload), kid } : null;
    } catch {
      return null;
    }
  };
  return (jws) => {
    const known = opened.get(jws);
    if (known) return known;
    if (opened.size >= 1000) opened.clear();
    const fresh = open(jws).then((statement) => {
      // A key that is not known yet may be known in a moment.
      if (statement === null) opened.delete(jws);
      return statement;
    });
    opened.set(jws, fresh);
    return fresh;
  };
}

function typeOf(jws: string): unknown {
  const [header = ''] = jws.split('.');
  const parsed: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  return typeof parsed === 'object' && parsed !== null && 'typ' in parsed ? parsed.typ : null;
}
