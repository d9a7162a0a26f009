import { createHash } from 'node:crypto';
import fc from 'fast-check';

/** Node's SHA-256 in the shape that the rules ask for. */
export const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest());

// Not fast-check's own unit `binary`, which takes over a second to be made, at every start of a test file.
const anyCharacter = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((codePoint) => String.fromCodePoint(codePoint));

/** Any text that UTF-8 can write: all planes, with controls and quotes as often as letters. */
export const wellFormed = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', '\\', '/', '\b', '\f', '\n', '\r', '\t', '\u0000', '\u001f', '\u007f'),
    fc.constantFrom('a', 'Z', '1', '\u20ac', '\ufb33', '\uffff', '\u{1f600}', '\u2028'),
    anyCharacter,
  ),
  maxLength: 12,
});

const name = wellFormed.filter((text) => text !== '__proto__');

const depth = { depthSize: 'small', maxDepth: 6 } as const;

/** Any value that has a canonical form. */
export const canonicalValue = fc.letrec((tie) => ({
  value: fc.oneof(
    depth,
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    fc.integer({ min: -20, max: 20 }),
    wellFormed,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(name, tie('value'), { maxKeys: 5, noNullPrototype: false }),
  ),
})).value;

export const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
export const salt = bytes32.map((bytes) => Buffer.from(bytes).toString('base64url'));
export const hash = bytes32.map((bytes) => Buffer.from(bytes).toString('hex'));
export const chainHeader = fc.record({
  v: fc.constant(1 as const),
  chain: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
  seq: fc.integer({ min: 1 }),
  prev: hash,
  payloadHash: hash,
});
