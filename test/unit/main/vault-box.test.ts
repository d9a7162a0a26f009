import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from '../../../src-main/vault/box.js';
import { newVaultKey, readVaultKey } from '../../../src-main/vault/key.js';

const key = randomBytes(32);

describe('a sealed text', () => {
  it('opens with the same key and the same words, and with no others', () => {
    const sealed = seal(key, 'person@example.org', 'alpha');
    expect(unseal(key, sealed, 'alpha')).toBe('person@example.org');
    expect(unseal(key, sealed, 'beta')).toBeNull();
    expect(unseal(randomBytes(32), sealed, 'alpha')).toBeNull();
    expect(sealed.includes('person')).toBe(false);
  });

  it('is another each time', () => {
    expect(seal(key, 'x', 'a').equals(seal(key, 'x', 'a'))).toBe(false);
  });

  it('does not open when any bit of it is changed, or when it is cut', () => {
    const property = fc.property(fc.string(), fc.nat(), fc.nat(7), (text, place, bit) => {
      const sealed = seal(key, text, 'a');
      expect(unseal(key, sealed, 'a')).toBe(text.toWellFormed());
      const changed = Buffer.from(sealed);
      const at = place % changed.length;
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      expect(unseal(key, changed, 'a')).toBeNull();
      expect(unseal(key, sealed.subarray(0, at), 'a')).toBeNull();
    });
    fc.assert(property, { numRuns: 300 });
  });
});

describe('the key of a vault', () => {
  it('comes back from the keychain as it went in', () => {
    const made = newVaultKey();
    expect(readVaultKey(made.secret())?.bytes.equals(made.bytes)).toBe(true);
  });

  it.each(['', 'short', 'x'.repeat(44), `${'x'.repeat(42)}=`])('is not "%s"', (secret) => {
    expect(readVaultKey(secret)).toBeNull();
  });
});
