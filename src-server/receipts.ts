import { sign, type KeyObject } from 'node:crypto';
import { canonicalJson } from '../src-shared/ledger/canonical.js';
import {
  batchOf,
  RECEIPT_TYPE,
  type Receipt,
  type ReceiptLeaf,
  type ReceiptStatement,
} from '../src-shared/ledger/receipt.js';
import { createBoundedMap } from './keys/bounded-map.js';
import { sha256 } from './keys/sha256.js';
import { keyObjectOf, type SigningKey } from './keys/signing-key.js';

/** What a receipt says besides the decisions it is about. */
export type ReceiptAbout = Pick<ReceiptStatement, 'iss' | 'service' | 'receivedAt'>;

/** Receipts for the decisions of one request, in their order. */
export type IssueReceipts = (
  key: SigningKey,
  about: ReceiptAbout,
  leaves: readonly ReceiptLeaf[],
) => Receipt[];

/** Rotation leaves old keys behind, so few are ever in use at once. */
const MOST_KEYS = 10;

/**
 * An issuer that signs once per request: a compact JWS (RFC 7515) with `alg` Ed25519 (RFC 9864) over the Merkle root of
 * all leaves. Signed by `node:crypto` because it runs inside the store's transaction and takes less time than one row.
 */
export function createReceiptIssuer(): IssueReceipts {
  const keys = createBoundedMap<KeyObject>(MOST_KEYS);
  return (key, about, leaves) => {
    if (leaves.length === 0) return [];
    const { root, unsigned } = batchOf(sha256, leaves);
    const { iss, service, receivedAt } = about;
    const statement: ReceiptStatement = {
      v: 1,
      iss,
      service,
      receivedAt,
      size: leaves.length,
      root,
    };
    const header = { alg: 'Ed25519', kid: key.kid, typ: RECEIPT_TYPE };
    const input = `${base64url(JSON.stringify(header))}.${base64url(canonicalJson(statement))}`;
    const signature = sign(
      null,
      Buffer.from(input),
      keys.get(key.kid, () => keyObjectOf(key)),
    );
    const jws = `${input}.${signature.toString('base64url')}`;
    return unsigned.map((receipt) => ({ ...receipt, jws }));
  };
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
