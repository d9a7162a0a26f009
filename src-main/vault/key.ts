import { randomBytes } from 'node:crypto';
import { KEY_BYTES } from './box.js';

/** The key that seals what is kept of one account; made at sign-in and destroyed at sign-out. */
export interface VaultKey {
  readonly bytes: Buffer;
  /** For the keychain: base64url. */
  secret(): string;
}

export function newVaultKey(): VaultKey {
  return keyOf(randomBytes(KEY_BYTES));
}

/** The key behind a keychain entry; null where that is no such key. */
export function readVaultKey(secret: string): VaultKey | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(secret)) return null;
  return keyOf(Buffer.from(secret, 'base64url'));
}

function keyOf(bytes: Buffer): VaultKey {
  return { bytes, secret: () => bytes.toString('base64url') };
}
