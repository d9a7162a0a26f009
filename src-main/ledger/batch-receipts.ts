import { hash } from 'node:crypto';
import {
  batchOf,
  plainLeafText,
  type Receipt,
  type ReceiptLeaf,
  type ReceiptStatement,
} from '../../src-shared/ledger/receipt.js';
import { sha256 } from '../crypto/index.js';

const HASH_BYTES = 32;
/** A node before it is hashed (a tag and two hashes); one after another is put together here. */
const scratch = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/**
 * Whether receipts are those of one whole batch, in its order: one statement, one tree over exactly these leaves. Then one
 * walk over the tree (RFC 9162, section 2.1.1) proves them all, where each by itself would hash its way to the same root.
 * What this does not know to be so is no fault: a receipt may still check by itself.
 * @param leaves what each receipt has to be about.
 * @param statement what was signed, its issuer and service looked at already.
 */
export function isWholeBatch(
  leaves: readonly ReceiptLeaf[],
  receipts: readonly Receipt[],
  { size, root }: Pick<ReceiptStatement, 'size' | 'root'>,
): boolean {
  if (leaves.length === 0 || leaves.length !== receipts.length || size !== leaves.length) {
    return false;
  }
  const [first] = receipts;
  const inOrder = receipts.every(({ jws, index, leaf }, at) => {
    const asked = leaves[at];
    return jws === first?.jws && index === at && asked !== undefined && sameLeaf(leaf, asked);
  });
  if (!inOrder) return false;
  const levels = levelsOver(leaves);
  if (rootOf(levels) !== root) return false;
  const words = levels.map((level) => level.map(hexOf));
  return receipts.every(({ path }, at) => samePath(path, pathIn(words, at)));
}

function rootOf(levels: readonly string[][]): string | undefined {
  return levels.at(-1)?.map(hexOf)[0];
}

/** Whether a statement is one over exactly these leaves, in their order. */
export function isTreeOver(
  leaves: readonly ReceiptLeaf[],
  { size, root }: Pick<ReceiptStatement, 'size' | 'root'>,
): boolean {
  return leaves.length > 0 && size === leaves.length && rootOf(levelsOver(leaves)) === root;
}

/** The receipts that one signature over a tree amounts to, one for each of its leaves. */
export function receiptsOver(leaves: readonly ReceiptLeaf[], jws: string): Receipt[] {
  return batchOf(sha256, leaves).unsigned.map((one) => ({ ...one, jws }));
}

/** The tree, from the hashes of the leaves to the root alone; each hash as a text with a letter for each byte. */
function levelsOver(leaves: readonly ReceiptLeaf[]): string[][] {
  let level = leaves.map((leaf) => hash('sha256', `\0${plainLeafText(leaf)}`, 'binary'));
  const levels = [level];
  while (level.length > 1) {
    const above: typeof level = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]];
      // One that has no sibling goes up as it is.
      if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right));
    }
    level = above;
    levels.push(level);
  }
  return levels;
}

function nodeHash(left: string, right: string): string {
  scratch.write(left, 1, 'latin1');
  scratch.write(right, 1 + HASH_BYTES, 'latin1');
  return hash('sha256', scratch, 'binary');
}

function pathIn(levels: readonly string[][], leaf: number): string[] {
  let at = leaf;
  return levels.flatMap((level) => {
    const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
    at = Math.floor(at / 2);
    return sibling === undefined || level.length === 1 ? [] : [sibling];
  });
}

function sameLeaf(one: ReceiptLeaf, other: ReceiptLeaf): boolean {
  return (
    one.id === other.id &&
    one.entryHash === other.entryHash &&
    one.type === other.type &&
    one.signed === other.signed
  );
}

function samePath(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((node, at) => node === other[at]);
}

function hexOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('hex');
}
