import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseStrictJson,
  parseStrictJsonBytes,
} from '../../../../src-shared/ledger/strict-json.js';
import type { JsonFault } from '../../../../src-shared/ledger/strict-json.js';
import { canonicalValue } from './arbitraries.js';

const LIMITS = { maxBytes: 10_000 };

function valueOf(text: string): unknown {
  const read = parseStrictJson(text, LIMITS);
  if (!read.ok) throw new Error(`${read.error.reason} at ${read.error.at}`);
  return read.value;
}

function faultIn(text: string, maxBytes = LIMITS.maxBytes): JsonFault {
  const read = parseStrictJson(text, { maxBytes });
  if (read.ok) throw new Error('it was read');
  return read.error;
}

function nested(depth: number, open: string, close: string): string {
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}

describe('strict JSON', () => {
  it.each<[string, unknown]>([
    ['null', null],
    [' true ', true],
    ['\t\n\r false', false],
    ['0', 0],
    ['-1', -1],
    ['10', 10],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['-9007199254740991', Number.MIN_SAFE_INTEGER],
    ['""', ''],
    [String.raw`"\"\\\/\b\f\n\r\t\u0041\u00e9\uD83D\ude00"`, '"\\/\b\f\n\r\tA\u00e9\u{1f600}'],
    ['" ~\u007f\u00e9\uffff\u{1f600}"', ' ~\u007f\u00e9\uffff\u{1f600}'],
    [String.raw`"` + '\ud83d' + String.raw`\ude00"`, '\u{1f600}'],
    ['[]', []],
    ['[ ]', []],
    ['[1,[2],{}]', [1, [2], {}]],
    ['{}', {}],
    ['{ }', {}],
    ['{ "a" : 1 , "b" : { "a" : [ null ] } }', { a: 1, b: { a: [null] } }],
    [
      '{"constructor":1,"toString":2,"hasOwnProperty":3}',
      { constructor: 1, toString: 2, hasOwnProperty: 3 },
    ],
  ])('reads %s', (text, value) => {
    expect(valueOf(text)).toEqual(value);
  });

  it.each<[string, string, JsonFault['reason'], number, string]>([
    ['nothing', '', 'unexpected-end', 0, '$'],
    ['only space', '  ', 'unexpected-end', 2, '$'],
    ['a byte order mark', '\ufeff1', 'byte-order-mark', 0, '$'],
    ['another value behind', '1 2', 'trailing-text', 2, '$'],
    ['a word behind', '{}x', 'trailing-text', 2, '$'],
    ['an unknown word', 'nul', 'unexpected-character', 0, '$'],
    ['a word in capitals', '[True]', 'unexpected-character', 1, '$[0]'],
    ['a space JSON does not know', '\u00a01', 'unexpected-character', 0, '$'],
    ['single quotes', "['a']", 'unexpected-character', 1, '$[0]'],
    ['a comma too many in an array', '[1,]', 'unexpected-character', 3, '$[1]'],
    ['no comma in an array', '[1 2]', 'unexpected-character', 3, '$'],
    ['an array that stops', '[1', 'unexpected-end', 2, '$'],
    ['a comma too many in an object', '{"a":1,}', 'unexpected-character', 7, '$'],
    ['no comma in an object', '{"a":1 "b":2}', 'unexpected-character', 7, '$'],
    ['no colon', '{"a" 1}', 'unexpected-character', 5, '$.a'],
    ['no value', '{"a":}', 'unexpected-character', 5, '$.a'],
    ['a name without quotes', '{a:1}', 'unexpected-character', 1, '$'],
    ['an object that stops', '{"a":1', 'unexpected-end', 6, '$'],
    ['an object that stops at a name', '{', 'unexpected-end', 1, '$'],
    ['a string that stops', '"ab', 'unexpected-end', 3, '$'],
    ['a string that stops in an escape', String.raw`"a\ `.trim(), 'bad-escape', 2, '$'],
    ['an escape there is not', String.raw`["a\x"]`, 'bad-escape', 3, '$[0]'],
    ['three digits after u', String.raw`"\u12g4"`, 'bad-escape', 1, '$'],
    ['a capital U', String.raw`"\U0041"`, 'bad-escape', 1, '$'],
    ['a raw line end in a string', '"a\nb"', 'control-character', 2, '$'],
    ['a raw U+001F in a string', '"\u001f"', 'control-character', 1, '$'],
    ['a raw lone high surrogate', '["x\ud800"]', 'lone-surrogate', 1, '$[0]'],
    ['a raw lone low surrogate', '"\udc00"', 'lone-surrogate', 0, '$'],
    ['an escaped lone surrogate', String.raw`{"a":"\ud800"}`, 'lone-surrogate', 5, '$.a'],
    [
      'escaped surrogates the wrong way round',
      String.raw`"\ude00\ud83d"`,
      'lone-surrogate',
      0,
      '$',
    ],
    ['a lone surrogate in a name', String.raw`{"\udc00":1}`, 'lone-surrogate', 1, '$'],
    ['a name twice', '{"a":1,"b":2,"a":1}', 'duplicate-name', 13, '$.a'],
    [
      'a name twice, once escaped',
      String.raw`{"x":{"a":1,"\u0061":2}}`,
      'duplicate-name',
      12,
      '$.x.a',
    ],
    [
      'a name that objects inherit, twice',
      '{"toString":1,"toString":1}',
      'duplicate-name',
      14,
      '$.toString',
    ],
    ['__proto__', '{"a":{"__proto__":{}}}', 'forbidden-name', 6, '$.a.__proto__'],
    ['a fraction', '1.5', 'not-an-integer', 0, '$'],
    ['a whole fraction', '1.0', 'not-an-integer', 0, '$'],
    ['an exponent', '[0,1e3]', 'not-an-integer', 3, '$[1]'],
    ['a capital exponent', '1E3', 'not-an-integer', 0, '$'],
    ['-0', '-0', 'not-an-integer', 0, '$'],
    ['a leading zero', '01', 'not-an-integer', 0, '$'],
    ['a leading zero after a minus', '-01', 'not-an-integer', 0, '$'],
    ['a lone minus', '-', 'not-an-integer', 0, '$'],
    ['two minuses', '--1', 'not-an-integer', 0, '$'],
    ['a plus', '+1', 'unexpected-character', 0, '$'],
    ['NaN', 'NaN', 'unexpected-character', 0, '$'],
    ['2^53', '9007199254740992', 'unsafe-integer', 0, '$'],
    ['-2^53', '{"a":-9007199254740992}', 'unsafe-integer', 5, '$.a'],
    [
      'an integer that JSON.parse rounds to a safe one',
      '9007199254740993',
      'unsafe-integer',
      0,
      '$',
    ],
  ])('refuses %s and says where', (_, text, reason, at, path) => {
    expect(faultIn(text)).toEqual({ reason, at, path });
  });

  it.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('reads 16 levels of %s, not 17', (_, open, close) => {
    expect(parseStrictJson(nested(16, open, close), LIMITS).ok).toBe(true);
    expect(faultIn(nested(17, open, close)).reason).toBe('too-deep');
    const three = { maxBytes: 100, maxDepth: 3 };
    expect(parseStrictJson(nested(3, open, close), three).ok).toBe(true);
    expect(parseStrictJson(nested(4, open, close), three)).toMatchObject({
      error: { reason: 'too-deep', at: 3 * open.length },
    });
  });

  it('counts levels, not arrays', () => {
    expect(parseStrictJson(`[${Array.from({ length: 40 }, () => '[]').join()}]`, LIMITS).ok).toBe(
      true,
    );
  });

  it('measures the text in UTF-8 bytes', () => {
    expect(parseStrictJson('"ab"', { maxBytes: 4 }).ok).toBe(true);
    expect(faultIn('"ab"', 3)).toEqual({ reason: 'too-large', at: 0, path: '$' });
    expect(parseStrictJson('"\u20ac"', { maxBytes: 5 }).ok).toBe(true);
    expect(faultIn('"\u20ac"', 4).reason).toBe('too-large');
  });

  it('gives objects their members and nothing else', () => {
    const read = valueOf('{"a":1}');
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.keys(read as object)).toEqual(['a']);
  });
});

describe('strict JSON from bytes', () => {
  const read = (bytes: readonly number[], maxBytes = 100) =>
    parseStrictJsonBytes(Uint8Array.from(bytes), { maxBytes });

  it('reads UTF-8', () => {
    expect(read([0x22, 0xe2, 0x82, 0xac, 0x22])).toEqual({ ok: true, value: '\u20ac' });
  });

  it.each([
    ['a byte that begins nothing', [0x22, 0xff, 0x22], 'not-utf-8'],
    ['a surrogate written as UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22], 'not-utf-8'],
    ['an overlong form', [0x22, 0xc0, 0xaf, 0x22], 'not-utf-8'],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x31], 'byte-order-mark'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(read(bytes)).toEqual({ ok: false, error: { reason, at: 0, path: '$' } });
  });

  it('refuses more bytes than allowed before it reads them', () => {
    expect(read([0xff, 0xff, 0xff, 0xff], 3)).toMatchObject({ error: { reason: 'too-large' } });
    expect(read([0x22, 0x61, 0x22], 3)).toEqual({ ok: true, value: 'a' });
  });
});

describe('strict JSON', () => {
  it('reads back whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(canonicalValue, fc.constantFrom(0, 1, 3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseStrictJson(text, { maxBytes: 1_000_000 })).toEqual({ ok: true, value });
      }),
    );
  });

  it('never reads what JSON.parse refuses', () => {
    const pieces = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '\\',
        'u',
        '0',
        '1',
        '-',
        '.',
        'e',
        'a',
        ' ',
        '\n',
        'null',
        '"a"',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const read = parseStrictJson(text, LIMITS);
        if (read.ok) expect(read.value).toEqual(JSON.parse(text));
        else expect(read.error.at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 5000 },
    );
  });
});
