import { createHash } from 'node:crypto';
import { compactVerify, createLocalJWKSet } from 'jose';
import type { PushResult } from '../../../../src-shared/api-contract.js';
import { serverKeysSchema } from '../../../../src-shared/ledger/keys.js';
import type { Receipt } from '../../../../src-shared/ledger/receipt.js';
import { bodyOf, call } from './client.js';
import { jcs } from './signer.js';

/** What a server publishes of its keys. */
export async function keysOf(origin: string) {
  return bodyOf(await call(`${origin}/.well-known/jwks.json`), serverKeysSchema);
}

/** The receipt of a result, which has to have one. */
export function receiptOf(result: PushResult | undefined): Receipt {
  if (!result?.receipt) throw new Error(`no receipt: ${JSON.stringify(result)}`);
  return result.receipt;
}

/**
 * Checks a receipt with `jose` against published keys, and its path by the words of RFC 9162, section 2.1.3.2.
 * @returns header and statement.
 */
export async function openReceipt(receipt: Receipt, keys: Awaited<ReturnType<typeof keysOf>>) {
  const set = createLocalJWKSet({ keys: keys.keys.map((key) => ({ ...key })) });
  const { payload, protectedHeader } = await compactVerify(receipt.jws, set, {
    algorithms: ['Ed25519'],
  });
  const statement = JSON.parse(Buffer.from(payload).toString()) as {
    readonly size: number;
    readonly root: string;
    readonly receivedAt: string;
  };
  let hash = sha256(Buffer.concat([Buffer.of(0), Buffer.from(jcs(receipt.leaf))]));
  let at = receipt.index;
  let last = statement.size - 1;
  for (const hex of receipt.path) {
    const sibling = Buffer.from(hex, 'hex');
    if (at % 2 === 1 || at === last) {
      hash = sha256(Buffer.concat([Buffer.of(1), sibling, hash]));
      for (; at % 2 === 0 && at > 0; at /= 2) last = Math.floor(last / 2);
    } else {
      hash = sha256(Buffer.concat([Buffer.of(1), hash, sibling]));
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0 || hash.toString('hex') !== statement.root) throw new Error('not in the batch');
  return { protectedHeader, statement };
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
