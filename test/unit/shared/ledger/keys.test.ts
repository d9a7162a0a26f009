import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import fc from 'fast-check';
import { calculateJwkThumbprint, compactVerify, CompactSign, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { createVerifyCrypto } from '../../../../scripts/verify/crypto.mjs';
import {
  deviceKeySchema,
  keyIdOf,
  publicKeySchema,
  serverKeySchema,
  serverKeysSchema,
} from '../../../../src-shared/ledger/keys.js';
import { RECEIPT_TYPE } from '../../../../src-shared/ledger/receipt.js';
import { secondThumbprint, secondVerify } from '../../../support/second/hashes.js';
import { bytes32, sha256 } from './arbitraries.js';

/** RFC 8037, appendix A: one key in all its examples. */
const RFC_8037 = {
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  thumbprint: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  jws: 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
  text: 'Example of Ed25519 signing',
};

/** RFC 8032, section 7.1: secret key, public key, message, signature. */
const RFC_8032 = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

const crypto = createVerifyCrypto(RECEIPT_TYPE);
const okp = (x: string) => ({ kty: 'OKP', crv: 'Ed25519', x }) as const;

describe('the id of a key', () => {
  it("is the thumbprint of RFC 8037's own example", () => {
    expect(keyIdOf(sha256, okp(RFC_8037.x))).toBe(RFC_8037.thumbprint);
    expect(secondThumbprint(RFC_8037.x)).toBe(RFC_8037.thumbprint);
  });

  it('is the one that jose and a second implementation make', async () => {
    await fc.assert(
      fc.asyncProperty(bytes32, async (bytes) => {
        const key = okp(Buffer.from(bytes).toString('base64url'));
        const id = keyIdOf(sha256, key);
        expect(id).toBe(secondThumbprint(key.x));
        expect(id).toBe(await calculateJwkThumbprint(key));
      }),
    );
  });

  it('depends on the key alone, not on other members or their order', () => {
    const more = { use: 'sig', x: RFC_8037.x, kid: 'k', crv: 'Ed25519', kty: 'OKP' } as const;
    expect(keyIdOf(sha256, more)).toBe(RFC_8037.thumbprint);
  });
});

describe('Ed25519', () => {
  it.each(RFC_8032)(
    "agrees with RFC 8032's vector of %s",
    async (secret, publicKey, message, signature) => {
      const [key, text, signed] = [publicKey, message, signature].map((hex) =>
        Buffer.from(hex, 'hex'),
      );
      const x = key!.toString('base64url');
      expect(crypto.isEd25519(okp(x), text!, signed!)).toBe(true);
      expect(await secondVerify(x, text!, signed!)).toBe(true);
      const privateKey = createPrivateKey({
        key: { ...okp(x), d: Buffer.from(secret, 'hex').toString('base64url') },
        format: 'jwk',
      });
      expect(sign(null, text!, privateKey).toString('hex')).toBe(signature);
    },
  );

  it('gives the second implementation its answer for signatures right and wrong', async () => {
    const seed = fc.tuple(bytes32, fc.uint8Array({ maxLength: 64 }), fc.option(fc.nat(511)));
    await fc.assert(
      fc.asyncProperty(seed, async ([secret, message, bit]) => {
        const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
        const key = Buffer.concat([prefix, secret]);
        const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
        const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
        const signature = sign(null, message, privateKey);
        if (bit !== null) signature[bit >> 3] = (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(crypto.isEd25519(okp(x), message, signature)).toBe(bit === null);
        expect(await secondVerify(x, message, signature)).toBe(bit === null);
      }),
      { numRuns: 40 },
    );
  });

  it('is false for a key that is none, and for a signature of another length', () => {
    const message = new Uint8Array();
    expect(crypto.isEd25519(okp('AA'), message, new Uint8Array(64))).toBe(false);
    expect(crypto.isEd25519(okp(RFC_8037.x), message, new Uint8Array())).toBe(false);
  });
});

describe('a JWS', () => {
  it("of RFC 8037's own example is signed by its key, but is no receipt", async () => {
    const key = await importJWK(okp(RFC_8037.x), 'EdDSA');
    const { payload } = await compactVerify(RFC_8037.jws, key);
    expect(new TextDecoder().decode(payload)).toBe(RFC_8037.text);
    expect(await crypto.openJws(RFC_8037.jws, { ...okp(RFC_8037.x), kid: 'k' })).toBeNull();
  });

  it.each([
    [{ alg: 'Ed25519', typ: RECEIPT_TYPE }, RFC_8037.text],
    [{ alg: 'Ed25519', typ: 'JWT' }, null],
    [{ alg: 'Ed25519' }, null],
    [{ alg: 'EdDSA', typ: RECEIPT_TYPE }, null],
  ])('with the header %j is opened only as a receipt by alg Ed25519', async (header, opened) => {
    const privateKey = createPrivateKey({
      key: { ...okp(RFC_8037.x), d: RFC_8037.d },
      format: 'jwk',
    });
    const jws = await new CompactSign(new TextEncoder().encode(RFC_8037.text))
      .setProtectedHeader(header)
      .sign(privateKey);
    const key = { ...okp(RFC_8037.x), kid: 'k' };
    expect(await crypto.openJws(jws, key)).toBe(opened);
    expect(await crypto.openJws(`${jws.slice(0, -2)}AA`, key)).toBeNull();
    expect(await crypto.openJws('', key)).toBeNull();
  });
});

describe('the form of keys', () => {
  const x = RFC_8037.x;
  it('is an Ed25519 key of 32 bytes, and what it is called', () => {
    expect(publicKeySchema.parse({ ...okp(x), use: 'sig' })).toEqual(okp(x));
    expect(deviceKeySchema.parse({ ...okp(x), kid: x, device: 'd' })).toEqual({
      ...okp(x),
      kid: x,
      device: 'd',
    });
    expect(serverKeySchema.parse({ ...okp(x), kid: 'a', alg: 'Ed25519' })).toEqual({
      ...okp(x),
      kid: 'a',
    });
  });

  it.each([
    [publicKeySchema, { ...okp(x), kty: 'EC' }],
    [publicKeySchema, { ...okp(x), crv: 'X25519' }],
    [publicKeySchema, okp(x.slice(1))],
    [publicKeySchema, okp(`${x}A`)],
    [publicKeySchema, { kty: 'OKP', crv: 'Ed25519' }],
    [deviceKeySchema, { ...okp(x), kid: 'short', device: 'd' }],
    [deviceKeySchema, { ...okp(x), kid: x }],
    [serverKeySchema, { ...okp(x), kid: '' }],
    [serverKeySchema, { ...okp(x), kid: 'a'.repeat(65) }],
  ])('is not %#', (schema, key) => {
    expect(schema.safeParse(key).success).toBe(false);
  });

  it('is at most 100 keys of a server', () => {
    const keys = (count: number) => ({
      keys: Array.from({ length: count }, () => ({ ...okp(x), kid: 'a'.repeat(64) })),
    });
    expect(serverKeysSchema.safeParse(keys(100)).success).toBe(true);
    expect(serverKeysSchema.safeParse(keys(0)).success).toBe(true);
    expect(serverKeysSchema.safeParse(keys(101)).success).toBe(false);
    expect(serverKeysSchema.safeParse({}).success).toBe(false);
  });
});
