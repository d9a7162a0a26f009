import { createPrivateKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  createDeviceSignatures,
  type SignatureCheck,
} from '../../../src-server/keys/device-signatures.js';

/** The key pair of RFC 8037, appendix A.1, whose private part everybody knows. */
const RFC_KEY = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
};

describe('a device signature', () => {
  it('is good for its own key alone, and never where there is no key', async () => {
    const { isSigned, forManyEntries } = createDeviceSignatures();
    const entryHash = 'ab'.repeat(32);
    const key = createPrivateKey({ key: RFC_KEY, format: 'jwk' });
    const signature = sign(null, Buffer.from(entryHash, 'hex'), key).toString('base64url');
    // Aside, and for a long request, whose first check is made another way than those after it.
    for (const checkOf of [() => isSigned, forManyEntries, twice(forManyEntries)]) {
      const given = (x: string | undefined, hash: string, said: string) => checkOf()(x, hash, said);
      expect(await given(RFC_KEY.x, entryHash, signature)).toBe(true);
      expect(await given(RFC_KEY.x, 'cd'.repeat(32), signature)).toBe(false);
      expect(await given(undefined, entryHash, signature)).toBe(false);
      expect(await given(undefined, entryHash, 'not base64url!')).toBe(false);
    }

    /** A check that has been used once. */
    function twice(make: () => SignatureCheck): () => SignatureCheck {
      return () => {
        const check = make();
        void check(RFC_KEY.x, entryHash, signature);
        return check;
      };
    }
  });
});
