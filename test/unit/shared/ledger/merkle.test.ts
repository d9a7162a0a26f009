import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../../src-shared/ledger/bytes.js';
import {
  leafHash,
  merklePaths,
  merkleRoot,
  rootFromPath,
} from '../../../../src-shared/ledger/merkle.js';
import {
  secondLeaf,
  secondPath,
  secondRoot,
  secondRootFrom,
} from '../../../support/second/merkle.js';
import { bytes32, sha256 } from './arbitraries.js';

/** The leaves and roots that implementations of RFC 6962 have been tested with since Certificate Transparency began. */
const KNOWN_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const KNOWN_ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const knownHashes = KNOWN_LEAVES.map((leaf) => leafHash(sha256, fromHex(leaf)));

const trees = fc.array(bytes32, { minLength: 1, maxLength: 70 });

describe('a Merkle tree', () => {
  it.each(KNOWN_ROOTS.map((root, index) => [index + 1, root] as const))(
    'over the first %i known leaves has the known root',
    (size, root) => {
      const leaves = knownHashes.slice(0, size);
      expect(toHex(merkleRoot(sha256, leaves))).toBe(root);
      expect(toHex(merklePaths(sha256, leaves).root)).toBe(root);
    },
  );

  it('has the known path from the sixth of seven leaves', () => {
    const { paths } = merklePaths(sha256, knownHashes.slice(0, 7));
    expect(paths[5]?.map(toHex)).toEqual(
      [knownHashes[4], knownHashes[6], merkleRoot(sha256, knownHashes.slice(0, 4))].map((hash) =>
        toHex(hash ?? new Uint8Array()),
      ),
    );
  });

  it('is the same in a second implementation: leaves, roots and paths', () => {
    fc.assert(
      fc.property(trees, (leaves) => {
        expect(toHex(leafHash(sha256, leaves[0] ?? leaves[0]!))).toBe(
          secondLeaf(leaves[0]!).toString('hex'),
        );
        const root = secondRoot(leaves).toString('hex');
        expect(toHex(merkleRoot(sha256, leaves))).toBe(root);
        const both = merklePaths(sha256, leaves);
        expect(toHex(both.root)).toBe(root);
        expect(both.paths.map((path) => path.map(toHex))).toEqual(
          leaves.map((_, index) => secondPath(index, leaves).map((hash) => hash.toString('hex'))),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('is led to from each leaf by its path, and only by it', () => {
    fc.assert(
      fc.property(trees, fc.nat(), fc.nat(), fc.nat(), (leaves, some, bit, place) => {
        const index = some % leaves.length;
        const leaf = leaves[index]!;
        const { root, paths } = merklePaths(sha256, leaves);
        const path = paths[index]!;
        const from = (at: number, size: number, steps: readonly Uint8Array[]) => {
          const found = rootFromPath(sha256, leaf, at, size, steps);
          return found && toHex(found);
        };
        expect(from(index, leaves.length, path)).toBe(toHex(root));
        if (path.length === 0) return;
        const step = place % path.length;
        const changed = path.map((hash, at) => (at === step ? flip(hash, bit % 256) : hash));
        expect(from(index, leaves.length, changed)).not.toBe(toHex(root));
        expect(from(index, leaves.length, path.slice(1))).toBeNull();
        expect(from(index, leaves.length, path.slice(0, -1))).toBeNull();
        expect(from(index, leaves.length, [...path, leaf])).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  it('gives the second implementation its answer for every index, size and path', () => {
    const places = fc.record({
      index: fc.integer({ min: -1, max: 40 }),
      size: fc.integer({ min: 0, max: 40 }),
      path: fc.array(bytes32, { maxLength: 7 }),
    });
    fc.assert(
      fc.property(bytes32, places, (leaf, { index, size, path }) => {
        const found = rootFromPath(sha256, leaf, index, size, path);
        const second = secondRootFrom(leaf, index, size, path);
        expect(found && toHex(found)).toBe(second && second.toString('hex'));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a fraction', 0.5, 2],
    ['a negative number', -1, 2],
    ['the size', 2, 2],
    ['NaN', NaN, 2],
    ['infinity', Infinity, Infinity],
  ])('has no leaf with %s as its index', (_, index, size) => {
    const [leaf, other] = knownHashes;
    expect(rootFromPath(sha256, leaf!, index, size, [other!])).toBeNull();
  });

  it('needs a leaf', () => {
    const error = new RangeError('a tree needs at least one leaf');
    expect(() => merkleRoot(sha256, [])).toThrow(error);
    expect(() => merklePaths(sha256, [])).toThrow(error);
  });
});

function flip(hash: Uint8Array, bit: number): Uint8Array {
  return hash.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}
