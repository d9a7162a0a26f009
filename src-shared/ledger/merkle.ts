import { concat } from './bytes.js';
import type { Sha256 } from './entry.js';

const LEAF = Uint8Array.of(0);
const NODE = 1;

/** The hash of one leaf (RFC 9162, section 2.1.1): a tag keeps leaves and nodes apart. */
export function leafHash(sha256: Sha256, data: Uint8Array): Uint8Array {
  return sha256(concat(LEAF, data));
}

function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = NODE;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
}

/** The largest power of two below `size` (`size` at least 2). */
function split(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

/**
 * The root of a tree over leaf hashes (RFC 9162, section 2.1.1).
 * @param leaves at least one, each made by {@link leafHash}.
 */
export function merkleRoot(sha256: Sha256, leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) throw new RangeError('a tree needs at least one leaf');
  if (leaves.length === 1) return only;
  const half = split(leaves.length);
  const left = merkleRoot(sha256, leaves.slice(0, half));
  return nodeHash(sha256, left, merkleRoot(sha256, leaves.slice(half)));
}

/**
 * The same tree level by level, from its leaves to the root alone: a node that has no sibling goes up as it is.
 * @param leaves at least one, each made by {@link leafHash}.
 */
function merkleLevels(sha256: Sha256, leaves: readonly Uint8Array[]): (readonly Uint8Array[])[] {
  if (leaves.length === 0) throw new RangeError('a tree needs at least one leaf');
  const levels = [leaves];
  for (let below = leaves; below.length > 1;) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < below.length; at += 2) {
      const [left, right] = [below[at], below[at + 1]];
      if (left) above.push(right ? nodeHash(sha256, left, right) : left);
    }
    levels.push(above);
    below = above;
  }
  return levels;
}

/**
 * The hashes that lead from every leaf to the root, nearest first, and the root (RFC 9162, section 2.1.3.1). All at once,
 * because each inner node is needed by many leaves.
 */
export function merklePaths(
  sha256: Sha256,
  leaves: readonly Uint8Array[],
): { readonly root: Uint8Array; readonly paths: Uint8Array[][] } {
  const levels = merkleLevels(sha256, leaves);
  const root = levels.at(-1)?.[0] ?? new Uint8Array();
  return { root, paths: leaves.map((_, leaf) => pathIn(levels, leaf)) };
}

function pathIn(levels: readonly (readonly Uint8Array[])[], leaf: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  let at = leaf;
  for (const level of levels) {
    const sibling = level[siblingOf(at)];
    if (sibling) path.push(sibling);
    at = Math.floor(at / 2);
  }
  return path;
}

/** Where the other half of a node's parent stands on its level, if there is one. */
export function siblingOf(at: number): number {
  return at % 2 === 0 ? at + 1 : at - 1;
}

/**
 * The root that a leaf and its path lead to (RFC 9162, section 2.1.3.2), or null where the path does not fit a tree of
 * that size.
 */
export function rootFromPath(
  sha256: Sha256,
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | null {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return null;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sha256, sibling, hash);
      // The last node of an odd level has no sibling there: it moves up until it has one.
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(sha256, hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : null;
}
