import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTreeOver, isWholeBatch, receiptsOver } from '../../../src-main/ledger/batch-receipts.js';
import { batchOf, type Receipt, type ReceiptLeaf } from '../../../src-shared/ledger/receipt.js';
import { tries } from '../../support/client/property.js';
import { idAt } from '../../support/client/sample-decision.js';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

const leaf = fc.record({
  entryHash: fc.stringMatching(/^[0-9a-f]{64}$/),
  type: fc.constantFrom<ReceiptLeaf['type']>('consent', 'refusal', 'acknowledgement', 'header'),
  signed: fc.boolean(),
});
const leaves = fc
  .array(leaf, { minLength: 1, maxLength: 40 })
  .map((drawn) => drawn.map((one, place): ReceiptLeaf => ({ id: idAt(place), ...one })));

/** A batch as the server makes it. */
function signed(of: readonly ReceiptLeaf[]) {
  const { root, unsigned } = batchOf(sha256, of);
  const receipts = unsigned.map((one): Receipt => ({ ...one, jws: 'the one statement' }));
  return { receipts, statement: { size: of.length, root } };
}

describe('a signature over a whole batch', () => {
  it('is one over exactly these leaves in this order, and amounts to the receipts that the server would give', () => {
    const property = fc.property(leaves, fc.nat(), (of, drawn) => {
      const { receipts, statement } = signed(of);
      expect(isTreeOver(of, statement)).toBe(true);
      expect(receiptsOver(of, 'the one statement')).toEqual(receipts);
      const at = drawn % of.length;
      const others = [
        of.map((each, place) => (place === at ? { ...each, id: idAt(99) } : each)),
        of.map((each, place) => (place === at ? { ...each, signed: !each.signed } : each)),
        of.slice(1),
        [...of, ...of.slice(0, 1)],
        ...(of.length > 1 ? [of.toReversed()] : []),
      ];
      for (const other of others) expect(isTreeOver(other, statement)).toBe(false);
      expect(isTreeOver(of, { ...statement, size: of.length + 1 })).toBe(false);
    });
    fc.assert(property, tries(300));
    expect(isTreeOver([], { size: 0, root: '' })).toBe(false);
  });
});

describe('the receipts of one whole batch', () => {
  it('check together, whatever their number', () => {
    const property = fc.property(leaves, (of) => {
      const { receipts, statement } = signed(of);
      expect(isWholeBatch(of, receipts, statement)).toBe(true);
    });
    fc.assert(property, tries(300));
  });

  it('do not with anything changed: leaf, path, place, statement, root, size', () => {
    const property = fc.property(leaves, fc.nat(), fc.nat({ max: 8 }), (of, drawn, what) => {
      const { receipts, statement } = signed(of);
      const at = drawn % of.length;
      const one = receipts[at];
      const asked = of[at];
      if (!one || !asked) throw new Error('no such receipt');
      const other = 'f'.repeat(64);
      const changed: Receipt =
        [
          { ...one, leaf: { ...one.leaf, entryHash: other } },
          { ...one, leaf: { ...one.leaf, signed: !one.leaf.signed } },
          { ...one, path: [...one.path, other] },
          { ...one, path: one.path.length > 0 ? [other, ...one.path.slice(1)] : [other] },
          { ...one, index: one.index + 1 },
          one,
        ][what] ?? one;
      const given = receipts.map((receipt, place) => (place === at ? changed : receipt));
      if (changed !== one) expect(isWholeBatch(of, given, statement)).toBe(false);
      expect(isWholeBatch(of, receipts, { ...statement, root: other })).toBe(false);
      expect(isWholeBatch(of, receipts, { ...statement, size: of.length + 1 })).toBe(false);
      const strange = of.map((each, place) => (place === at ? { ...each, id: idAt(99) } : each));
      expect(isWholeBatch(strange, receipts, statement)).toBe(false);
      const [first, ...rest] = receipts;
      if (first && rest.length > 0) {
        expect(isWholeBatch(of, [{ ...first, jws: 'another' }, ...rest], statement)).toBe(false);
        expect(isWholeBatch(of, receipts.toReversed(), statement)).toBe(false);
      }
      expect(isWholeBatch(of.slice(1), receipts.slice(1), statement)).toBe(false);
    });
    fc.assert(property, tries(300));
  });
});
