import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  faultOf,
  type ChainLink,
  type ChainPosition,
} from '../../../../src-shared/ledger/chain.js';
import { CHAIN_START, entryHashOf, payloadHashOf } from '../../../../src-shared/ledger/entry.js';
import { sha256 } from './arbitraries.js';

const SALT = createHash('sha256').update('salt').digest('base64url');
const JCS = '{"a":1}';
const SIGNATURE = 'S'.repeat(86);
const KID = 'K'.repeat(43);

/** A "signature" that is right for one key and one hash, so that the order of checks is seen without real keys. */
const crypto = {
  sha256,
  isSigned: (entryHash: string, kid: string, signature: string) =>
    entryHash.length === 64 && kid === KID && signature === SIGNATURE,
};

/** A sound entry; its hashes are made after `header` was changed. */
function linkAt(seq: number, prev: string, header: Partial<ChainLink> = {}): ChainLink {
  const unhashed = {
    v: 1 as const,
    chain: 'chain-1',
    seq,
    prev,
    payloadHash: payloadHashOf(sha256, SALT, JCS),
    ...header,
  };
  return {
    ...unhashed,
    entryHash: entryHashOf(sha256, unhashed),
    payload: { salt: SALT, jcs: JCS },
    signature: { kid: KID, signature: SIGNATURE },
    ...header,
  };
}

const first = linkAt(5, CHAIN_START);
const second = linkAt(6, first.entryHash);
const before: ChainPosition = { chain: 'chain-1', seq: 5, entryHash: first.entryHash };

describe('an entry of a chain', () => {
  it('is sound as the first, with whatever number, and as the next', () => {
    expect(faultOf(crypto, first, null)).toBeNull();
    expect(faultOf(crypto, linkAt(1, CHAIN_START), null)).toBeNull();
    expect(faultOf(crypto, second, before)).toBeNull();
    expect(faultOf(crypto, second, first)).toBeNull();
  });

  it('is sound without its decision once that was erased, and unsigned in the chain of nobody', () => {
    expect(faultOf(crypto, { ...second, payload: null }, before)).toBeNull();
    expect(faultOf(crypto, { ...second, signature: null }, before)).toBeNull();
    expect(faultOf(crypto, { ...second, payload: null, signature: null }, before)).toBeNull();
  });

  it('starts at a prev of 64 zeros', () => {
    expect(CHAIN_START).toBe('0000000000000000000000000000000000000000000000000000000000000000');
  });

  it.each<[string, ChainLink, ChainPosition | null, string]>([
    ['a number used again', linkAt(5, first.entryHash), before, 'out-of-order'],
    ['a number left out', linkAt(7, first.entryHash), before, 'out-of-order'],
    ['a number before', linkAt(4, first.entryHash), before, 'out-of-order'],
    ['another chain', linkAt(6, first.entryHash, { chain: 'chain-2' }), before, 'out-of-order'],
    ['no beginning', linkAt(1, first.entryHash), null, 'not-linked'],
    ['a beginning in the middle', linkAt(6, CHAIN_START), before, 'not-linked'],
    ['another entry before it', linkAt(6, '1'.repeat(64)), before, 'not-linked'],
    ['another number under the same hash', { ...first, seq: 4 }, null, 'header-changed'],
    ['another chain under the same hash', { ...first, chain: 'chain-2' }, null, 'header-changed'],
    ['another hash', { ...first, entryHash: '1'.repeat(64) }, null, 'header-changed'],
    ['another payload hash', { ...first, payloadHash: '1'.repeat(64) }, null, 'header-changed'],
    [
      'another decision',
      { ...first, payload: { salt: SALT, jcs: '{"a":2}' } },
      null,
      'payload-changed',
    ],
    [
      'another salt',
      { ...first, payload: { salt: 'A'.repeat(43), jcs: JCS } },
      null,
      'payload-changed',
    ],
    [
      'another signature',
      { ...first, signature: { kid: KID, signature: 'T' } },
      null,
      'not-signed',
    ],
    [
      'another key',
      { ...first, signature: { kid: 'k', signature: SIGNATURE } },
      null,
      'not-signed',
    ],
  ])('is at fault with %s', (_, link, position, fault) => {
    expect(faultOf(crypto, link, position)).toBe(fault);
  });

  it('names the first fault of several: order, link, header, payload, signature', () => {
    const payload = { salt: SALT, jcs: '{"a":2}' };
    const signature = { kid: 'k', signature: SIGNATURE };
    const rotten = { ...first, seq: 9, payload, signature };
    expect(faultOf(crypto, rotten, before)).toBe('out-of-order');
    expect(faultOf(crypto, { ...rotten, seq: 6 }, before)).toBe('not-linked');
    expect(
      faultOf(
        crypto,
        { ...second, chain: 'chain-1', seq: 6, entryHash: '1'.repeat(64), payload, signature },
        before,
      ),
    ).toBe('header-changed');
    expect(faultOf(crypto, { ...second, payload, signature }, before)).toBe('payload-changed');
    expect(faultOf(crypto, { ...second, signature }, before)).toBe('not-signed');
  });

  it('has its own hash, key and signature checked', () => {
    const isSigned = vi.fn(() => true);
    expect(faultOf({ sha256, isSigned }, second, before)).toBeNull();
    expect(isSigned).toHaveBeenCalledExactlyOnceWith(second.entryHash, KID, SIGNATURE);
    isSigned.mockClear();
    faultOf({ sha256, isSigned }, { ...second, signature: null }, before);
    expect(isSigned).not.toHaveBeenCalled();
  });

  it('is at fault with any one character changed', () => {
    const texts = ['chain', 'prev', 'payloadHash', 'entryHash'] as const;
    const place = fc.oneof(
      fc.record({ field: fc.constantFrom(...texts), at: fc.nat(63), jcs: fc.constant(false) }),
      fc.record({
        field: fc.constant('chain' as const),
        at: fc.nat(JCS.length - 1),
        jcs: fc.constant(true),
      }),
    );
    fc.assert(
      fc.property(place, fc.constantFrom('0', '1', '9', 'a', 'f'), ({ field, at, jcs }, char) => {
        const change = (text: string): string => {
          const index = at % text.length;
          const other = text.charAt(index) === char ? 'X' : char;
          return text.slice(0, index) + other + text.slice(index + 1);
        };
        const changed = jcs
          ? { ...second, payload: { salt: SALT, jcs: change(JCS) } }
          : { ...second, [field]: change(second[field]) };
        expect(faultOf(crypto, changed, before)).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});
