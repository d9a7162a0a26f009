import { hash } from 'node:crypto';
import type { Receipt, ReceiptLeaf, ReceiptStatement } from '../../src-shared/ledger/receipt.js';

const LEAF_TAG = Buffer.of(0);
const NODE_TAG = Buffer.of(1);

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
  return (
    levels.at(-1)?.[0] === root &&
    receipts.every(({ path }, at) => samePath(path, pathIn(levels, at)))
  );
}

/** The tree, from the hashes of the leaves to the root alone; hexadecimal. */
function levelsOver(leaves: readonly ReceiptLeaf[]): string[][] {
  let level = leaves.map((leaf) =>
    hash('sha256', Buffer.concat([LEAF_TAG, bytesOf(leaf)]), 'buffer'),
  );
  const levels = [level.map(hexOf)];
  while (level.length > 1) {
    const above: typeof level = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = level.slice(at, at + 2);
      // One that has no sibling goes up as it is.
      if (left && right)
        above.push(hash('sha256', Buffer.concat([NODE_TAG, left, right]), 'buffer'));
      else if (left) above.push(left);
    }
    level = above;
    levels.push(level.map(hexOf));
  }
  return levels;
}

function pathIn(levels: readonly string[][], leaf: number): string[] {
  let at = leaf;
  return levels.flatMap((level) => {
    const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
    at = Math.floor(at / 2);
    return sibling === undefined || level.length === 1 ? [] : [sibling];
  });
}

/** A leaf as canonical JSON (RFC 8785), written down: its members are hexadecimal, a UUID and two words of ours. */
function bytesOf({ id, entryHash, type, signed }: ReceiptLeaf): Buffer {
  return Buffer.from(
    `{"entryHash":"${entryHash}","id":"${id}","signed":${signed},"type":"${type}"}`,
    'utf8',
  );
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

function hexOf(bytes: Buffer): string {
  return bytes.toString('hex');
}
