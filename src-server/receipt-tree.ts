import { hash } from 'node:crypto';
import { siblingOf } from '../src-shared/ledger/merkle.js';
import { plainLeafText, type ReceiptLeaf } from '../src-shared/ledger/receipt.js';

/** The tree over the receipts of one request. */
export interface ReceiptTree {
  /** Hexadecimal. */
  readonly root: string;
  /** The hashes that lead from a leaf to the root, nearest first, as JSON without its brackets. */
  readonly pathText: (leaf: number) => string;
}

const HASH_BYTES = 32;
/** What stands before two hashes that a node is made of (RFC 9162, section 2.1.1). */
const NODE = 1;
/** A node before it is hashed; one after another is put together here. */
const scratch = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

/**
 * What stands for each leaf in the tree (RFC 9162, section 2.1.1): the hash of a tag and the leaf, which was checked to be plain
 * ASCII. One behind the other, 32 bytes each: bytes of their own for each would take longer to make than to hash.
 */
export function leafHashesOf(leaves: readonly ReceiptLeaf[]): Buffer {
  const hashes = Buffer.alloc(leaves.length * HASH_BYTES);
  leaves.forEach((leaf, at) => {
    putHash(hashes, at, `\0${plainLeafText(leaf)}`);
  });
  return hashes;
}

/** @param leafHashes at least one, as {@link leafHashesOf} makes them. @throws RangeError for none. */
export function receiptTree(leafHashes: Buffer): ReceiptTree {
  const levels = levelsOver(leafHashes);
  let texts: readonly string[] | null = null;
  return {
    root: levels.at(-1)?.toString('hex') ?? '',
    pathText: (leaf) => (texts ??= pathTexts(levels))[leaf] ?? '',
  };
}

/** From the leaves to the root alone: a node that has no sibling goes up as it is. */
function levelsOver(leafHashes: Buffer): Buffer[] {
  if (leafHashes.length < HASH_BYTES) throw new RangeError('a tree needs at least one leaf');
  const levels = [leafHashes];
  for (let below = leafHashes; below.length > HASH_BYTES;) {
    const pairs = Math.floor(below.length / (2 * HASH_BYTES));
    const left = below.length - pairs * 2 * HASH_BYTES;
    const above = Buffer.alloc(pairs * HASH_BYTES + left);
    for (let at = 0; at < pairs; at += 1) {
      below.copy(scratch, 1, at * 2 * HASH_BYTES, (at + 1) * 2 * HASH_BYTES);
      putHash(above, at, scratch);
    }
    below.copy(above, pairs * HASH_BYTES, pairs * 2 * HASH_BYTES);
    levels.push(above);
    below = above;
  }
  return levels;
}

/** As a text with a letter for each byte, which Node answers sooner than bytes. */
function putHash(hashes: Buffer, at: number, said: string | Buffer): void {
  hashes.write(hash('sha256', said, 'binary'), at * HASH_BYTES, 'latin1');
}

/** From the root down, so that what the paths of many leaves share is put into words once. */
function pathTexts(levels: readonly Buffer[]): readonly string[] {
  let above: readonly string[] = [''];
  for (const level of levels.slice(0, -1).toReversed()) {
    const words = wordsOf(level);
    const further = above;
    above = words.map((_, at) => {
      const sibling = words[siblingOf(at)];
      const rest = further[Math.floor(at / 2)] ?? '';
      if (sibling === undefined) return rest;
      return rest === '' ? `"${sibling}"` : `"${sibling}",${rest}`;
    });
  }
  return above;
}

function wordsOf(level: Buffer): string[] {
  return Array.from({ length: level.length / HASH_BYTES }, (_, at) =>
    level.toString('hex', at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}
