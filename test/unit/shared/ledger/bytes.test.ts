import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concat,
  fromBase64url,
  fromHex,
  toBase64url,
  toHex,
  utf8,
} from '../../../../src-shared/ledger/bytes.js';

describe('bytes', () => {
  it('are written in hexadecimal and base64url as Node writes them, and read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const node = Buffer.from(bytes);
        expect(toHex(bytes)).toBe(node.toString('hex'));
        expect(toBase64url(bytes)).toBe(node.toString('base64url'));
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
      }),
    );
  });

  it("are RFC 4648's own examples in base64url, without padding", () => {
    const texts = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'];
    const written = ['', 'Zg', 'Zm8', 'Zm9v', 'Zm9vYg', 'Zm9vYmE', 'Zm9vYmFy'];
    expect(texts.map((text) => toBase64url(utf8(text)))).toEqual(written);
    expect(toBase64url(Uint8Array.of(0xfb, 0xff, 0xfe))).toBe('-__-');
    expect(toBase64url(Uint8Array.of(0xfb, 0xff, 0xfb, 0xff))).toBe('-__7_w');
  });

  it.each(['a', 'abc', 'AB', '0g', ' ab', 'ab ', '0x12', '\u00e9\u00e9', 'zab', 'abz'])(
    'are not %j in hexadecimal',
    (text) => {
      expect(() => fromHex(text)).toThrow(new RangeError('not lower-case hexadecimal'));
    },
  );

  it.each([
    'A',
    'AAAAA',
    'Zg==',
    'Zm8=',
    'A+AA',
    'A/AA',
    ' Zg',
    'Zg ',
    'Zg\n',
    '\u00e9\u00e9',
    '+ab',
    'ab+',
  ])('are not %j in base64url', (text) => {
    expect(() => fromBase64url(text)).toThrow(new RangeError('not base64url'));
  });

  it.each(['Zh', 'Zm9', 'Zm-'])('have one form in base64url, which %j is not', (text) => {
    expect(() => fromBase64url(text)).toThrow(new RangeError('not base64url in its only form'));
  });

  it('are UTF-8 of a text', () => {
    expect(toHex(utf8('a\u00e9\u20ac\u{1f600}'))).toBe('61c3a9e282acf09f9880');
  });

  it('follow one another', () => {
    expect(concat()).toEqual(new Uint8Array());
    expect(concat(Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3))).toEqual(
      Uint8Array.of(1, 2, 3),
    );
  });
});
