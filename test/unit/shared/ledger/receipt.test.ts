import { createPrivateKey, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { CompactSign, compactVerify, type CompactJWSHeaderParameters } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../src-shared/ledger/canonical.js';
import {
  batchOf,
  checkReceipt,
  RECEIPT_TYPE,
  receiptLeafSchema,
  receiptSchema,
  receiptStatementSchema,
  type Receipt,
  type ReceiptCrypto,
  type ReceiptLeaf,
} from '../../../../src-shared/ledger/receipt.js';
import { secondJcs } from '../../../support/second/jcs.js';
import {
  secondLeaf,
  secondPath,
  secondRoot,
  secondRootFrom,
} from '../../../support/second/merkle.js';
import { sha256 } from './arbitraries.js';

const PRIVATE = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
  format: 'der',
  type: 'pkcs8',
});
const PUBLIC = createPublicKey(PRIVATE);
const ISS = 'https://integro.today/sayso';
const AT = '2026-11-20T10:00:00.000Z';

const crypto: ReceiptCrypto = {
  sha256,
  async openJws(jws) {
    try {
      const { payload, protectedHeader } = await compactVerify(jws, PUBLIC);
      return { payload: new TextDecoder().decode(payload), kid: protectedHeader.kid ?? '' };
    } catch {
      return null;
    }
  },
};

async function signed(payload: string): Promise<string> {
  const header: CompactJWSHeaderParameters = { alg: 'Ed25519', typ: RECEIPT_TYPE, kid: 'key-1' };
  return await new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader(header)
    .sign(PRIVATE);
}

function leafAt(n: number): ReceiptLeaf {
  return {
    id: `0198f0c0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`,
    entryHash: n.toString(16).padStart(64, '0'),
    type: 'refusal',
    signed: true,
  };
}

interface Statement {
  readonly [name: string]: unknown;
}

/** Receipts for `count` decisions; the statement can be made wrong. */
async function receiptsFor(count: number, change: Statement = {}): Promise<Receipt[]> {
  const { root, unsigned } = batchOf(
    sha256,
    Array.from({ length: count }, (_, n) => leafAt(n)),
  );
  const statement = { v: 1, iss: ISS, service: 'integro', receivedAt: AT, size: count, root };
  const jws = await signed(canonicalJson({ ...statement, ...change }));
  return unsigned.map((receipt) => ({ ...receipt, jws }));
}

const expected = (n: number) => ({ ...leafAt(n), iss: ISS, service: 'integro' });

describe('a batch', () => {
  it('has the leaves, root and paths of a second implementation', () => {
    const leaf = fc.record({
      id: fc.uuid({ version: 7 }),
      entryHash: fc.stringMatching(/^[0-9a-f]{64}$/),
      type: fc.constantFrom('consent', 'refusal', 'acknowledgement', 'header'),
      signed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 1, maxLength: 20 }), (leaves) => {
        const hashes = leaves.map((one) => secondLeaf(Buffer.from(secondJcs(one))));
        const { root, unsigned } = batchOf(sha256, leaves);
        expect(root).toBe(secondRoot(hashes).toString('hex'));
        expect(unsigned).toEqual(
          leaves.map((one, index) => ({
            leaf: one,
            index,
            path: secondPath(index, hashes).map((hash) => hash.toString('hex')),
          })),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('has the leaf of a second implementation also where JSON has to escape what is in it', () => {
    const escaped = fc.constantFrom(
      '"',
      '\\',
      '"a',
      'a"',
      'a"b',
      '\n',
      'é',
      '-"-',
      ',"signed":true',
    );
    const plain = fc.constantFrom('', 'a', '0-9', '7f');
    const text = fc.oneof(escaped, plain, fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(text, text, fc.boolean(), (id, entryHash, isSigned) => {
        const leaf: ReceiptLeaf = { id, entryHash, type: 'consent', signed: isSigned };
        const second = secondRoot([secondLeaf(Buffer.from(secondJcs(leaf)))]).toString('hex');
        expect(batchOf(sha256, [leaf]).root).toBe(second);
      }),
      { numRuns: 500 },
    );
  });

  it('hashes nothing of a leaf but its four members', () => {
    const more = { ...leafAt(1), extra: 1 };
    expect(batchOf(sha256, [more]).root).toBe(batchOf(sha256, [leafAt(1)]).root);
  });
});

describe('a receipt', () => {
  let receipts: Receipt[] = [];
  beforeAll(async () => {
    receipts = await receiptsFor(5);
  });

  it('says when the service took the decision, and by which key', async () => {
    for (const [index, receipt] of receipts.entries()) {
      const checked = await checkReceipt(crypto, receipt, expected(index));
      expect(checked).toEqual({ ok: true, value: { receivedAt: AT, kid: 'key-1' } });
      const leaf = secondLeaf(Buffer.from(secondJcs(receipt.leaf)));
      const path = receipt.path.map((hash) => Buffer.from(hash, 'hex'));
      const root = secondRootFrom(leaf, receipt.index, 5, path)?.toString('hex');
      expect(
        batchOf(
          sha256,
          receipts.map((one) => one.leaf),
        ).root,
      ).toBe(root);
    }
  });

  it('may be the only one of its batch', async () => {
    const [receipt] = await receiptsFor(1);
    expect(receipt?.path).toEqual([]);
    expect((await checkReceipt(crypto, receipt!, expected(0))).ok).toBe(true);
  });

  it.each([
    ['id', { id: leafAt(1).id }],
    ['hash', { entryHash: 'f'.repeat(64) }],
    ['type', { type: 'consent' as const }],
    ['signature', { signed: false }],
    ['issuer', { iss: `${ISS}/` }],
    ['service', { service: 'katror' }],
  ])('is about something else where another %s is asked for', async (_, other) => {
    const checked = await checkReceipt(crypto, receipts[0]!, { ...expected(0), ...other });
    expect(checked).toEqual({ ok: false, error: 'about-something-else' });
  });

  it('takes no part of what is asked for into the hash but the leaf', async () => {
    const asked = { ...expected(0), extra: 'x' };
    expect((await checkReceipt(crypto, receipts[0]!, asked)).ok).toBe(true);
  });

  it.each<[string, (receipt: Receipt) => Receipt]>([
    ['another leaf', (receipt) => ({ ...receipt, leaf: leafAt(77) })],
    ['another place', (receipt) => ({ ...receipt, index: 1 })],
    ['a place behind the last', (receipt) => ({ ...receipt, index: 5 })],
    ['a step less', (receipt) => ({ ...receipt, path: receipt.path.slice(1) })],
    ['a step more', (receipt) => ({ ...receipt, path: [...receipt.path, '0'.repeat(64)] })],
    [
      'another step',
      (receipt) => ({ ...receipt, path: ['0'.repeat(64), ...receipt.path.slice(1)] }),
    ],
  ])('is not in the batch with %s', async (_, change) => {
    const receipt = change(receipts[0]!);
    const asked = { ...receipt.leaf, iss: ISS, service: 'integro' };
    expect(await checkReceipt(crypto, receipt, asked)).toEqual({
      ok: false,
      error: 'not-in-the-batch',
    });
  });

  it.each<[string, Statement]>([
    ['another root', { root: '0'.repeat(64) }],
    ['another size', { size: 9 }],
  ])('is not in the batch of a statement with %s', async (_, change) => {
    const [receipt] = await receiptsFor(5, change);
    expect(await checkReceipt(crypto, receipt!, expected(0))).toEqual({
      ok: false,
      error: 'not-in-the-batch',
    });
  });

  it.each<[string, Statement]>([
    ['another version', { v: 2 }],
    ['a time that is none', { receivedAt: 'soon' }],
    ['no leaves', { size: 0 }],
    ['half a leaf', { size: '5' }],
    ['a root that is no hash', { root: 'x' }],
    ['a service that is none', { service: 'Integro' }],
    ['a member more', { extra: 1 }],
  ])('is not signed where the statement has %s', async (_, change) => {
    const [receipt] = await receiptsFor(5, change);
    expect(await checkReceipt(crypto, receipt!, expected(0))).toEqual({
      ok: false,
      error: 'not-signed',
    });
  });

  it('is not signed where the signature is another, or what was signed is no statement', async () => {
    const [receipt] = receipts;
    for (const jws of [
      '',
      'a.b.c',
      `${receipt!.jws.slice(0, -3)}AAA`,
      await signed('{'),
      await signed('1'),
    ]) {
      expect(await checkReceipt(crypto, { ...receipt!, jws }, expected(0))).toEqual({
        ok: false,
        error: 'not-signed',
      });
    }
  });

  it('leaves an error of the signature check itself to the caller', async () => {
    const openJws = () => Promise.reject(new Error('no crypto'));
    await expect(checkReceipt({ sha256, openJws }, receipts[0]!, expected(0))).rejects.toThrow(
      'no crypto',
    );
  });
});

describe('the form of a receipt', () => {
  const leaf = leafAt(1);
  const receipt = { leaf, index: 0, path: ['0'.repeat(64)], jws: 'x' };
  const statement = {
    v: 1,
    iss: ISS,
    service: 'integro',
    receivedAt: AT,
    size: 1,
    root: '0'.repeat(64),
  };

  it('has a type of its own', () => {
    expect(RECEIPT_TYPE).toBe('sayso-receipt+jws');
  });

  it.each([
    ['itself', {}],
    ['a path of 40', { path: Array.from({ length: 40 }, () => '0'.repeat(64)) }],
    ['a jws of 2000', { jws: 'x'.repeat(2000) }],
    ['a place beyond 2^31', { index: 2 ** 32 }],
  ])('allows %s', (_, change) => {
    expect(receiptSchema.safeParse({ ...receipt, ...change }).success).toBe(true);
  });

  it.each([
    ['a path of 41', { path: Array.from({ length: 41 }, () => '0'.repeat(64)) }],
    ['a jws of 2001', { jws: 'x'.repeat(2001) }],
    ['a negative place', { index: -1 }],
    ['half a place', { index: 0.5 }],
    ['a step that is no hash', { path: ['x'] }],
    ['a member more', { extra: 1 }],
    ['a leaf with a member more', { leaf: { ...leaf, extra: 1 } }],
    ['a leaf of another type', { leaf: { ...leaf, type: 'other' } }],
    ['a leaf without a UUIDv7', { leaf: { ...leaf, id: 'x' } }],
    ['a leaf without a hash', { leaf: { ...leaf, entryHash: 'x' } }],
    ['a leaf that is neither signed nor not', { leaf: { ...leaf, signed: 1 } }],
  ])('does not allow %s', (_, change) => {
    expect(receiptSchema.safeParse({ ...receipt, ...change }).success).toBe(false);
  });

  it.each(['consent', 'refusal', 'acknowledgement', 'header'])('knows the type %s', (type) => {
    expect(receiptLeafSchema.safeParse({ ...leaf, type }).success).toBe(true);
  });

  it('bounds the issuer of a statement', () => {
    const iss = (length: number) =>
      receiptStatementSchema.safeParse({ ...statement, iss: 'x'.repeat(length) });
    expect(iss(2000).success).toBe(true);
    expect(iss(2001).success).toBe(false);
  });
});
