import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { signedBytesOf } from '../../src-shared/ledger/entry.js';
import { keyIdOf, publicKeySchema, type PublicKey } from '../../src-shared/ledger/keys.js';
import { sha256 } from './node-crypto.js';

/** The Ed25519 key of this installation for one account, made at sign-in and gone at sign-out. */
export interface DeviceKey {
  readonly kid: string;
  readonly publicKey: PublicKey;
  /** Signs an entry; base64url. */
  sign(entryHash: string): string;
  /** The private part for the keychain: PKCS #8, base64url. It goes nowhere else. */
  secret(): string;
}

/** Makes a new key. */
export function newDeviceKey(): DeviceKey {
  return keyFrom(generateKeyPairSync('ed25519').privateKey);
}

/** The key behind a keychain entry; null where that is no such key. */
export function readDeviceKey(secret: string): DeviceKey | null {
  try {
    const der = Buffer.from(secret, 'base64url');
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    return key.asymmetricKeyType === 'ed25519' ? keyFrom(key) : null;
  } catch {
    return null;
  }
}

function keyFrom(privateKey: KeyObject): DeviceKey {
  const publicKey = publicKeySchema.parse(createPublicKey(privateKey).export({ format: 'jwk' }));
  return {
    kid: keyIdOf(sha256, publicKey),
    publicKey,
    sign: (entryHash) => sign(null, signedBytesOf(entryHash), privateKey).toString('base64url'),
    secret: () => privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
  };
}
