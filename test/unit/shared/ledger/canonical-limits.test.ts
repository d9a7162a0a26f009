import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  MAX_BYTES,
  MAX_DEPTH,
  MAX_POLICY_BYTES,
  NotCanonicalError,
} from '../../../../src-shared/ledger/canonical.js';

function errorFor(value: unknown, maxBytes?: number): NotCanonicalError {
  try {
    canonicalJson(value, maxBytes);
  } catch (error) {
    if (error instanceof NotCanonicalError) return error;
    throw error;
  }
  throw new Error('it has a canonical form');
}

function nested(depth: number, wrap: (inside: unknown) => unknown): unknown {
  return depth === 0 ? 1 : wrap(nested(depth - 1, wrap));
}

describe('the limits of canonical JSON', () => {
  it('are 16 levels, 64 KiB and, for policies, 1 MiB', () => {
    expect([MAX_DEPTH, MAX_BYTES, MAX_POLICY_BYTES]).toEqual([16, 65_536, 1_048_576]);
  });

  it.each<[string, unknown, string, string]>([
    ['a fraction', 0.5, '$', 'is not a safe integer'],
    ['NaN in a list', [1, [NaN]], '$[1][0]', 'is not a safe integer'],
    ['2^53', { a: 2 ** 53 }, '$.a', 'is not a safe integer'],
    ['undefined', undefined, '$', 'is a undefined'],
    ['a bigint', { a: [1n] }, '$.a[0]', 'is a bigint'],
    ['a function', () => 1, '$', 'is a function'],
    ['a symbol', [Symbol('x')], '$[0]', 'is a symbol'],
    ['a lone surrogate', { a: { b: '\ud800' } }, '$.a.b', 'has a lone surrogate'],
    [
      'a lone surrogate in a name',
      { a: { '\udfff': 1 } },
      '$.a (a member name)',
      'has a lone surrogate',
    ],
    ['a hole', [1, , 2], '$[1]', 'is a undefined'], // eslint-disable-line no-sparse-arrays
    ['a date', [new Date(0)], '$[0]', 'is not a plain object'],
    ['__proto__', JSON.parse('{"a":{"__proto__":1}}'), '$.a', 'has a member named __proto__'],
  ])('keep out %s, with place and reason', (_, value, path, reason) => {
    const error = errorFor(value);
    expect({ path: error.path, reason: error.reason }).toEqual({ path, reason });
    expect(error.message).toBe(`${path}: ${reason}`);
    expect(error.name).toBe('NotCanonicalError');
  });

  it.each<[string, (inside: unknown) => unknown, string]>([
    ['arrays', (inside) => [inside], '[0]'],
    ['objects', (inside) => ({ a: inside }), '.a'],
  ])('count %s: 16 levels are taken, 17 are not', (_, wrap, step) => {
    expect(canonicalJson(nested(16, wrap))).toBe(JSON.stringify(nested(16, wrap)));
    const error = errorFor(nested(17, wrap));
    expect(error.path).toBe(`$${step.repeat(17)}`);
    expect(error.reason).toBe('is nested deeper than 16');
  });

  it('take exactly as many bytes as allowed', () => {
    expect(canonicalJson('x'.repeat(65_534))).toHaveLength(65_536);
    const error = errorFor('x'.repeat(65_535));
    expect({ path: error.path, reason: error.reason }).toEqual({
      path: '$',
      reason: 'is longer than 65536 bytes',
    });
    expect(canonicalJson('\u20ac', 5)).toBe('"\u20ac"');
    expect(errorFor('\u20ac', 4).reason).toBe('is longer than 4 bytes');
  });

  it('take names and texts with pairs of surrogates, null, and booleans', () => {
    expect(canonicalJson({ '\u{1f600}': ['\u{1f600}', null, true, false] })).toBe(
      '{"\u{1f600}":["\u{1f600}",null,true,false]}',
    );
  });
});
