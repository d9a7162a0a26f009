import { createHash } from 'node:crypto';

/** Merkle trees written a second time: the root level by level instead of by halves, paths from their definition. */

function hash(...parts: readonly Uint8Array[]): Buffer {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest();
}

/** RFC 9162, section 2.1.1: SHA-256(0x00 || data). */
export function secondLeaf(data: Uint8Array): Buffer {
  return hash(Buffer.from([0]), data);
}

function node(left: Uint8Array, right: Uint8Array): Buffer {
  return hash(Buffer.from([1]), left, right);
}

/** Pairs neighbours until one is left; who has no neighbour moves up. The trees of the RFC are these. */
export function secondRoot(leaves: readonly Uint8Array[]): Buffer {
  let level: Buffer[] = leaves.map((leaf) => Buffer.from(leaf));
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const left = level[at] ?? Buffer.alloc(0);
      const right = level[at + 1];
      above.push(right ? node(left, right) : left);
    }
    level = above;
  }
  return level[0] ?? Buffer.alloc(0);
}

/** PATH(m, D_n) of RFC 9162, section 2.1.3.1. */
export function secondPath(index: number, leaves: readonly Uint8Array[]): Buffer[] {
  if (leaves.length === 1) return [];
  const half = halfOf(leaves.length);
  const [near, far] = [leaves.slice(0, half), leaves.slice(half)];
  return index < half
    ? [...secondPath(index, near), secondRoot(far)]
    : [...secondPath(index - half, far), secondRoot(near)];
}

/** The root that a path leads to, taken apart from its far end; null where the path has another length. */
export function secondRootFrom(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Buffer | null {
  if (index < 0 || index >= size) return null;
  if (size === 1) return path.length === 0 ? Buffer.from(leaf) : null;
  const last = path.at(-1);
  if (!last) return null;
  const half = halfOf(size);
  const inside =
    index < half
      ? secondRootFrom(leaf, index, half, path.slice(0, -1))
      : secondRootFrom(leaf, index - half, size - half, path.slice(0, -1));
  if (!inside) return null;
  return index < half ? node(inside, last) : node(last, inside);
}

/** Largest power of two smaller than `size`. */
function halfOf(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1));
}
