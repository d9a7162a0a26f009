import { sign, type KeyObject } from 'node:crypto';
import { canonicalJson } from '../src-shared/ledger/canonical.js';
import {
  RECEIPT_TYPE,
  type ReceiptLeaf,
  type ReceiptStatement,
} from '../src-shared/ledger/receipt.js';
import { createBoundedMap } from './keys/bounded-map.js';
import { keyObjectOf, type SigningKey } from './keys/signing-key.js';
import { leafHashesOf, receiptTree } from './receipt-tree.js';

/** What a receipt says besides the decisions it is about. */
export type ReceiptAbout = Pick<ReceiptStatement, 'iss' | 'service' | 'receivedAt'>;

/** Receipts for the decisions of one request. */
export interface IssuedReceipts {
  readonly size: number;
  /** The one at a place, as JSON. Who asks for none of them is spared the making of all. */
  readonly textAt: (index: number) => string;
  /** What they can be made of again, together with the decisions: the signature, and the hashes of the leaves, one behind the other. */
  readonly jws: string;
  readonly leafHashes: Buffer;
}

/** One of them. */
export interface IssuedReceipt {
  readonly issued: IssuedReceipts;
  readonly index: number;
}

/** @param leaves at least one. */
export type IssueReceipts = (
  key: SigningKey,
  about: ReceiptAbout,
  leaves: readonly ReceiptLeaf[],
) => IssuedReceipts;

/** Rotation leaves old keys behind, so few are ever in use at once. */
const MOST_KEYS = 10;

/**
 * An issuer that signs once per request: a compact JWS (RFC 7515) with `alg` Ed25519 (RFC 9864) over the Merkle root of
 * all leaves. Signed by `node:crypto` because it runs inside the store's transaction and takes less time than one row.
 */
export function createReceiptIssuer(): IssueReceipts {
  const keys = createBoundedMap<KeyObject>(MOST_KEYS);
  return (key, about, leaves) => {
    const leafHashes = leafHashesOf(leaves);
    const tree = receiptTree(leafHashes);
    const { iss, service, receivedAt } = about;
    const statement: ReceiptStatement = {
      v: 1,
      iss,
      service,
      receivedAt,
      size: leaves.length,
      root: tree.root,
    };
    const header = { alg: 'Ed25519', kid: key.kid, typ: RECEIPT_TYPE };
    const input = `${base64url(JSON.stringify(header))}.${base64url(canonicalJson(statement))}`;
    const signature = sign(
      null,
      Buffer.from(input),
      keys.get(key.kid, () => keyObjectOf(key)),
    );
    const jws = `${input}.${signature.toString('base64url')}`;
    const textAt = (index: number): string => {
      const leaf = leaves[index];
      if (!leaf) throw new RangeError('no such receipt');
      return receiptText(leaf, index, tree.pathText(index), jws);
    };
    return { size: leaves.length, textAt, jws, leafHashes };
  };
}

/**
 * A receipt as JSON, always in the same bytes: ids, hexadecimal and base64url, nothing that would have to be escaped.
 * @param path as the tree has it: JSON without its brackets.
 */
export function receiptText(
  { id, entryHash, type, signed }: ReceiptLeaf,
  index: number,
  path: string,
  jws: string,
): string {
  const leaf = `{"id":"${id}","entryHash":"${entryHash}","type":"${type}","signed":${signed}}`;
  return `{"leaf":${leaf},"index":${index},"path":[${path}],"jws":"${jws}"}`;
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
