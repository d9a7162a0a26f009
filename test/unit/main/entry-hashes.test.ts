import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entryHashHere, payloadHashHere, sha256 } from '../../../src-main/crypto/index.js';
import { toBase64url } from '../../../src-shared/ledger/bytes.js';
import { entryHashOf, payloadHashOf } from '../../../src-shared/ledger/entry.js';

const salt = fc.uint8Array({ minLength: 32, maxLength: 32 });
const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
const header = fc.record({
  v: fc.constant(1 as const),
  chain: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
  seq: fc.nat(),
  prev: hex,
  payloadHash: hex,
});

it('hashes what was said as the shared rule does, whatever it was', () => {
  fc.assert(
    fc.property(salt, fc.string({ unit: 'grapheme' }), (bytes, jcs) => {
      expect(payloadHashHere(bytes, jcs)).toBe(payloadHashOf(sha256, toBase64url(bytes), jcs));
    }),
  );
});

it('hashes an entry as the shared rule does', () => {
  fc.assert(
    fc.property(header, (one) => {
      expect(entryHashHere(one)).toBe(entryHashOf(sha256, one));
    }),
  );
});

it('refuses a header that is not made of ids and hashes', () => {
  const [one] = fc.sample(header, 1);
  expect(() => entryHashHere({ ...one, chain: 'a"b' } as never)).toThrow(RangeError);
  expect(() => entryHashHere({ ...one, seq: 0.5 } as never)).toThrow(RangeError);
});
