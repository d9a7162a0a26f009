import { describe, expect, it } from 'vitest';
import { CHAIN_START, entryHashOf } from '../../../../src-shared/ledger/entry.js';
import { sha256 } from './arbitraries.js';

const HEADER = {
  v: 1,
  chain: 'chain-1',
  seq: 1,
  prev: '0'.repeat(64),
  payloadHash: 'a',
} as const;

describe('the hash of an entry', () => {
  it('is made where every text is an id or a hash', () => {
    expect(entryHashOf(sha256, HEADER)).toMatch(/^[0-9a-f]{64}$/);
    expect(entryHashOf(sha256, { ...HEADER, prev: CHAIN_START })).toBe(entryHashOf(sha256, HEADER));
    expect(entryHashOf(sha256, { ...HEADER, chain: '_-Az09' })).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(
    (['chain', 'prev', 'payloadHash'] as const).flatMap((member) =>
      ['', 'a"', '"a', 'a b', '\\', '\u00e9', 'a\n'].map((text) => [member, text] as const),
    ),
  )('is refused for a %s of %j, which JSON might write otherwise', (member, text) => {
    expect(() => entryHashOf(sha256, { ...HEADER, [member]: text })).toThrow(
      new RangeError('not an id or a hash'),
    );
  });

  it.each([0.5, NaN, Infinity, 2 ** 53])('is refused for the number %d', (seq) => {
    expect(() => entryHashOf(sha256, { ...HEADER, seq })).toThrow(
      new RangeError('seq is not a safe integer'),
    );
  });

  it('is made for the greatest number there is', () => {
    expect(entryHashOf(sha256, { ...HEADER, seq: Number.MAX_SAFE_INTEGER })).toHaveLength(64);
  });

  it('follows, for the first of a chain, on 64 zeros', () => {
    expect(CHAIN_START).toBe('0'.repeat(64));
  });
});
