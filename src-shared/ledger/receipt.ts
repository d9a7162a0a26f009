import { z } from 'zod';
import { serviceIdSchema, sha256HexSchema, utcInstantSchema, uuidV7Schema } from '../ids.js';
import { failed, ok, type Result } from '../result.js';
import { fromHex, toHex, utf8 } from './bytes.js';
import { canonicalJson } from './canonical.js';
import type { Sha256 } from './entry.js';
import { leafHash, merklePaths, rootFromPath } from './merkle.js';

/** `typ` of the signed statement, so that it can be taken for nothing else (RFC 8725, section 3.11). */
export const RECEIPT_TYPE = 'sayso-receipt+jws';

export const receiptLeafSchema = z.strictObject({
  /** The decision's id. */
  id: uuidV7Schema,
  /** `entryHash` of the entry; for a decision that came without a chain, its bare hash. */
  entryHash: sha256HexSchema,
  type: z.enum(['consent', 'refusal', 'acknowledgement', 'header']),
  /** Whether the device had signed the entry. */
  signed: z.boolean(),
});
/** What one receipt is about. */
export type ReceiptLeaf = z.infer<typeof receiptLeafSchema>;

export const receiptSchema = z.strictObject({
  leaf: receiptLeafSchema,
  index: z.int().min(0),
  /** Hashes from the leaf to the root, nearest first. Empty where the server signed this one alone. */
  path: z.array(sha256HexSchema).max(40),
  /** Compact JWS (RFC 7515), `alg` Ed25519 (RFC 9864), over the canonical JSON of a {@link ReceiptStatement}. */
  jws: z.string().max(2000),
});
/** Proof that the server took a decision. One signature covers a batch: each receipt says how to get to its root. */
export type Receipt = z.infer<typeof receiptSchema>;

export const receiptStatementSchema = z.strictObject({
  v: z.literal(1),
  /** The service's own base address, as its profile names it. */
  iss: z.string().max(2000),
  service: serviceIdSchema,
  receivedAt: utcInstantSchema,
  /** Leaves of the tree. */
  size: z.int().min(1),
  root: sha256HexSchema,
});
/** What the server signs. */
export type ReceiptStatement = z.infer<typeof receiptStatementSchema>;

/** The tree over one batch: what to sign, and each receipt but for its signature. */
export function batchOf(
  sha256: Sha256,
  leaves: readonly ReceiptLeaf[],
): { readonly root: string; readonly unsigned: readonly Omit<Receipt, 'jws'>[] } {
  const hashes = leaves.map((leaf) => leafHash(sha256, leafBytes(leaf)));
  const { root, paths } = merklePaths(sha256, hashes);
  // Each node of the tree stands in the paths of many leaves, and is put into words once.
  const words = new Map<Uint8Array, string>();
  const wordsOf = (node: Uint8Array): string => {
    const known = words.get(node);
    if (known !== undefined) return known;
    const hex = toHex(node);
    words.set(node, hex);
    return hex;
  };
  const unsigned = leaves.map((leaf, index) => {
    return { leaf, index, path: (paths[index] ?? []).map(wordsOf) };
  });
  return { root: toHex(root), unsigned };
}

/** Ids and hashes: nothing that JSON would have to escape. */
const PLAIN = /^[A-Za-z0-9-]*$/;

function leafBytes(leaf: ReceiptLeaf): Uint8Array {
  return utf8(leafText(leaf));
}

function leafText(leaf: ReceiptLeaf): string {
  const { id, entryHash, type, signed } = leaf;
  return PLAIN.test(id) && PLAIN.test(entryHash)
    ? plainLeafText(leaf)
    : canonicalJson({ id, entryHash, type, signed });
}

/**
 * A leaf as canonical JSON (RFC 8785), written down, because a whole batch is made of it.
 * @param leaf whose id and hash are known to have nothing that JSON would escape.
 */
export function plainLeafText({ id, entryHash, type, signed }: ReceiptLeaf): string {
  return `{"entryHash":"${entryHash}","id":"${id}","signed":${signed},"type":"${type}"}`;
}

/** What a receipt has to be about. */
export type ExpectedReceipt = ReceiptLeaf & Pick<ReceiptStatement, 'iss' | 'service'>;

/** Why a receipt proves nothing. */
export type ReceiptFault =
  /** It is about something else: another decision, hash, type, service or issuer. */
  | 'about-something-else'
  /** The decision is not in the tree that was signed. */
  | 'not-in-the-batch'
  /** No key of the service made this signature, or the statement is malformed. */
  | 'not-signed';

export interface ReceiptCrypto {
  readonly sha256: Sha256;
  /**
   * The payload of a compact JWS and the id of the key that signed it, if that key is one of the service's, `alg` is
   * Ed25519 and `typ` is {@link RECEIPT_TYPE}; else null.
   */
  readonly openJws: (
    jws: string,
  ) => Promise<{ readonly payload: string; readonly kid: string } | null>;
}

/** Checks a receipt. On success: when the server took the decision, and by which key it says so. */
export async function checkReceipt(
  { sha256, openJws }: ReceiptCrypto,
  receipt: Receipt,
  expected: ExpectedReceipt,
): Promise<Result<{ readonly receivedAt: string; readonly kid: string }, ReceiptFault>> {
  const opened = await openJws(receipt.jws);
  const statement = opened && readStatement(opened.payload);
  if (!opened || !statement) return failed('not-signed');
  const leaf = leafBytes(receipt.leaf);
  const asked = leafBytes(expected);
  const about = statement.iss === expected.iss && statement.service === expected.service;
  if (!about || toHex(leaf) !== toHex(asked)) return failed('about-something-else');
  const path = receipt.path.map(fromHex);
  const root = rootFromPath(sha256, leafHash(sha256, leaf), receipt.index, statement.size, path);
  if (!root || toHex(root) !== statement.root) return failed('not-in-the-batch');
  return ok({ receivedAt: statement.receivedAt, kid: opened.kid });
}

function readStatement(payload: string): ReceiptStatement | null {
  try {
    const parsed = receiptStatementSchema.safeParse(JSON.parse(payload));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
