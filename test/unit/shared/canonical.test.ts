import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  MAX_BYTES,
  MAX_DEPTH,
  NotCanonicalError,
} from '../../../src-shared/ledger/canonical.js';

/** The problem `canonicalJson` has with a value. */
function problemWith(value: unknown): { path: string; reason: string } {
  try {
    canonicalJson(value);
  } catch (error) {
    if (error instanceof NotCanonicalError) return { path: error.path, reason: error.reason };
    throw error;
  }
  throw new Error('nothing was wrong with it');
}

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

describe('canonical JSON', () => {
  it('orders members by UTF-16 code units, as in RFC 8785, section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const values = [...canonicalJson(value).matchAll(/:"([^"]*)"/g)].map(([, text]) => text);
    expect(values).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it('writes strings and literals as in RFC 8785, section 3.2.2', () => {
    const value = { string: '\u20ac$\u000f\nA\'B"\\\\"/', literals: [null, true, false] };
    const expected =
      '{"literals":[null,true,false],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}';
    expect(canonicalJson(value)).toBe(expected);
  });

  it('writes whole numbers without an exponent, and zero without a sign', () => {
    expect(canonicalJson([0, -0, 1, -1, 9_007_199_254_740_991, -9_007_199_254_740_991])).toBe(
      '[0,0,1,-1,9007199254740991,-9007199254740991]',
    );
  });

  it('is the same in whatever order members were set, at every depth, and leaves arrays in order', () => {
    const one = { b: [{ y: 1, x: 2 }, 'z'], a: {} };
    const other = { a: {}, b: [{ x: 2, y: 1 }, 'z'] };
    expect(canonicalJson(one)).toBe('{"a":{},"b":[{"x":2,"y":1},"z"]}');
    expect(canonicalJson(other)).toBe(canonicalJson(one));
  });

  it.each([
    ['a fraction', 0.5, '$'],
    ['NaN', NaN, '$'],
    ['Infinity', -Infinity, '$'],
    ['a number beyond the safe ones', 2 ** 53, '$'],
    ['a big integer', 1n, '$'],
    ['undefined', undefined, '$'],
    ['a function', () => 1, '$'],
    ['a symbol', Symbol('x'), '$'],
    ['a lone high surrogate', { a: ['\ud800'] }, '$.a[0]'],
    ['a lone low surrogate', '\udc00x', '$'],
    ['a lone surrogate in a name', { '\ud800': 1 }, '$ (a member name)'],
    ['an undefined member', { a: { b: undefined } }, '$.a.b'],
    ['a hole in an array', { a: [1, , 2] }, '$.a[1]'], // eslint-disable-line no-sparse-arrays
    ['a date', { at: new Date(0) }, '$.at'],
    ['a map', new Map(), '$'],
    ['a boxed string', Object('x'), '$'],
    ['an object with its own toJSON', { toJSON: () => 'x' }, '$.toJSON'],
    ['a member named __proto__', JSON.parse('{"a":{"__proto__":1}}'), '$.a'],
    ['an object of another kind', Object.create({ inherited: 1 }), '$'],
  ])('has none for %s, and says where', (_, value, path) => {
    expect(problemWith(value).path).toBe(path);
  });

  it('takes an object without a prototype', () => {
    expect(canonicalJson(Object.assign(Object.create(null), { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
  });

  it(`takes ${MAX_DEPTH} levels, not ${MAX_DEPTH + 1}, and no circle`, () => {
    expect(canonicalJson(nested(MAX_DEPTH))).toBe('[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]');
    expect(problemWith(nested(MAX_DEPTH + 1)).reason).toContain('deeper');
    const circle: unknown[] = [];
    circle.push(circle);
    expect(problemWith(circle).reason).toContain('deeper');
  });

  it('counts its length in UTF-8 bytes', () => {
    const fits = 'x'.repeat(MAX_BYTES - 2);
    expect(canonicalJson(fits)).toHaveLength(MAX_BYTES);
    expect(problemWith(`${fits}x`).reason).toContain('longer');
    const euros = '\u20ac'.repeat(MAX_BYTES / 3 + 1);
    expect(problemWith(euros).reason).toContain('longer');
    expect(canonicalJson('ab', 4)).toBe('"ab"');
    expect(() => canonicalJson('abc', 4)).toThrow(NotCanonicalError);
  });
});
