import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWordSum } from '../../../src-main/store/word-sum.js';
import { tries } from '../../support/client/property.js';

const MODULUS = 1n << 256n;
/** The edges carry over the furthest. */
const digest = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 32 }),
  fc.constantFrom(new Uint8Array(32).fill(0xff), new Uint8Array(32)),
);
const change = fc.record({
  name: fc.constantFrom('alpha', 'beta'),
  digest,
  sign: fc.constantFrom(1, -1),
});

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const lettersOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const textOf = (sum: bigint): string =>
  (((sum % MODULUS) + MODULUS) % MODULUS).toString(16).padStart(64, '0');

describe('a sum of digests', () => {
  it('is that of the numbers they stand for, modulo 2 to the power of 256, by name', () => {
    const property = fc.property(
      fc.array(change, { maxLength: 60 }),
      fc.option(digest, { nil: undefined }),
      (changes, earlier) => {
        const sums = createWordSum();
        for (const one of changes) sums.add(one.name, lettersOf(one.digest), one.sign);
        const before = earlier === undefined ? 0n : numberOf(earlier);
        for (const name of ['alpha', 'beta', 'never']) {
          const expected = changes
            .filter((one) => one.name === name)
            .reduce((sum, one) => sum + BigInt(one.sign) * numberOf(one.digest), before);
          const text = earlier && Buffer.from(earlier).toString('hex');
          expect(sums.onTopOf(name, text)).toBe(textOf(expected));
        }
        expect(sums.names().toSorted()).toEqual(
          [...new Set(changes.map(({ name }) => name))].toSorted(),
        );
      },
    );
    fc.assert(property, tries(300));
  });

  it('stays exact where more is added than words have room for', () => {
    const sums = createWordSum();
    const largest = lettersOf(new Uint8Array(32).fill(0xff));
    const times = 2 ** 21 + 3;
    for (let time = 0; time < times; time += 1) sums.add('alpha', largest, 1);
    expect(sums.onTopOf('alpha', undefined)).toBe(textOf(BigInt(times) * (MODULUS - 1n)));
  });

  it('is none on top of what is no sum, and of a name that was dropped only what was there', () => {
    const sums = createWordSum();
    sums.add('alpha', lettersOf(new Uint8Array(32).fill(1)), 1);
    for (const odd of ['', 'x'.repeat(64), '0'.repeat(63), `${'0'.repeat(64)}0`]) {
      expect(sums.onTopOf('alpha', odd)).toBeNull();
    }
    sums.drop('alpha');
    expect(sums.onTopOf('alpha', 'a'.repeat(64))).toBe('a'.repeat(64));
    expect(sums.names()).toEqual([]);
  });
});
