import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../src-shared/ledger/canonical.js';
import { parseStrictJson } from '../../../../src-shared/ledger/strict-json.js';
import { secondJcs } from '../../../support/second/jcs.js';
import { canonicalValue } from './arbitraries.js';

const LIMITS = { maxBytes: 1_000_000 };

describe('canonical JSON and a second implementation', () => {
  it('write the same for every value', () => {
    fc.assert(
      fc.property(canonicalValue, (value) => {
        expect(canonicalJson(value)).toBe(secondJcs(value));
      }),
      { numRuns: 1000 },
    );
  });

  // Not held against JSON.parse: that of V8 13.0 reads the name "\b" as "\\" where it has met `{"\"": …, "\\": …}` before.
  it('are read back as the same value', () => {
    fc.assert(
      fc.property(canonicalValue, (value) => {
        const text = canonicalJson(value);
        const read = parseStrictJson(text, LIMITS);
        expect(read).toEqual({ ok: true, value });
        expect(canonicalJson(read.ok ? read.value : null)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe("RFC 8785's own examples", () => {
  it('sorts the names of section 3.2.3 by UTF-16 code units', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const sorted =
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",' +
      '"\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}';
    expect(canonicalJson(value)).toBe(sorted);
    expect(secondJcs(value)).toBe(sorted);
  });

  it('writes the strings and literals of section 3.2.2 and refuses its fractions', () => {
    const read = JSON.parse(
      '{"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    ) as unknown;
    const written =
      '{"literals":[null,true,false],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}';
    expect(canonicalJson(read)).toBe(written);
    expect(secondJcs(read)).toBe(written);
    for (const number of [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001]) {
      expect(() => canonicalJson(number)).toThrow('is not a safe integer');
    }
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['433fffffffffffff', '9007199254740991'],
    ['c33fffffffffffff', '-9007199254740991'],
  ])('writes the double %s of appendix B as %s', (bits, written) => {
    expect(canonicalJson(doubleOf(bits))).toBe(written);
  });

  it.each([
    ['the smallest double', '0000000000000001'],
    ['the largest double', '7fefffffffffffff'],
    ['2^53, which is not safe', '4340000000000000'],
    ['-2^53', 'c340000000000000'],
    ['about 2^68', '4430000000000000'],
    ['a whole number beyond the safe ones', '44b52d02c7e14af5'],
    ['a fraction', '41b3de4355555553'],
    ['a small negative fraction', 'becbf647612f3696'],
    ['a large fraction', '43143ff3c1cb0959'],
    ['NaN', '7fffffffffffffff'],
    ['Infinity', '7ff0000000000000'],
  ])('refuses %s of appendix B', (_, bits) => {
    expect(() => canonicalJson(doubleOf(bits))).toThrow('$: is not a safe integer');
  });
});

/** The double with these 64 bits. */
function doubleOf(bits: string): number {
  return Buffer.from(bits, 'hex').readDoubleBE(0);
}
