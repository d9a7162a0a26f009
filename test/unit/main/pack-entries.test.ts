import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packEntries } from '../../../src-main/api/index.js';
import { countFitting } from '../../../src-main/sync/parcel.js';
import { tries } from '../../support/client/property.js';

const entry = fc
  .oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('é', '\u2028', '😀'))
  .map((said) => JSON.stringify({ said }));

it('packs entries as the bytes that UTF-8 has for them, whatever letters they are of', () => {
  const property = fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
    const expected = new TextEncoder().encode(`{"entries":[${entries.join(',')}]}`);
    expect(Buffer.from(packEntries(entries))).toEqual(Buffer.from(expected));
  });
  fc.assert(property, tries(200));
});

it('counts bytes and not letters of what fits into one request', () => {
  const plain = JSON.stringify({ said: 'a'.repeat(90) });
  const wide = JSON.stringify({ said: '€'.repeat(90) });
  const limits = { entries: 500, bytes: 64 + 2 * (plain.length + 1) };
  expect(countFitting([plain, plain, plain], limits)).toBe(2);
  expect(countFitting([plain, wide, plain], limits)).toBe(1);
});
