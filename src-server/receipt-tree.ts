import { hash } from 'node:crypto';
import { merkleLevels, siblingOf } from '../src-shared/ledger/merkle.js';
import { plainLeafText, type ReceiptLeaf } from '../src-shared/ledger/receipt.js';
import { sha256 } from './keys/sha256.js';

/** The tree over the receipts of one request. */
export interface ReceiptTree {
  /** Hexadecimal. */
  readonly root: string;
  /** The hashes that lead from a leaf to the root, nearest first, as JSON without its brackets. */
  readonly pathText: (leaf: number) => string;
}

/** What stands for one leaf in the tree (RFC 9162, section 2.1.1): a tag and the leaf, which was checked to be plain ASCII. */
export function leafHashOf(leaf: ReceiptLeaf): Uint8Array {
  return Buffer.from(hash('sha256', `\0${plainLeafText(leaf)}`, 'binary'), 'latin1');
}

/** @param leafHashes at least one, each made by {@link leafHashOf}. */
export function receiptTree(leafHashes: readonly Uint8Array[]): ReceiptTree {
  const levels = merkleLevels(sha256, leafHashes);
  let texts: readonly string[] | null = null;
  return {
    root: hexOf(levels.at(-1)?.[0] ?? new Uint8Array()),
    pathText: (leaf) => (texts ??= pathTexts(levels))[leaf] ?? '',
  };
}

/** From the root down, so that what the paths of many leaves share is put into words once. */
function pathTexts(levels: readonly (readonly Uint8Array[])[]): readonly string[] {
  let above: readonly string[] = [''];
  for (const level of levels.slice(0, -1).toReversed()) {
    const words = level.map(hexOf);
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

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
