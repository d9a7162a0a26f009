import { createHash } from 'node:crypto';

/** Gives `length` bytes that nobody can guess. */
export type RandomBytes = (length: number) => Uint8Array;

/** A new session token: 32 random bytes as base64url. */
export function newToken(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(32)).toString('base64url');
}

/** A new opaque id for an account or a session: 16 random bytes as base64url. */
export function newId(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(16)).toString('base64url');
}

/**
 * What a secret of 32 bytes, given as base64url, is stored and found by: its SHA-256 in hexadecimal. One round is enough,
 * because nobody guesses 256 random bits.
 */
export function hashOf(secret: string): string {
  return createHash('sha256').update(Buffer.from(secret, 'base64url')).digest('hex');
}

/** The same hash as a client writes it, base64url, in the form it is stored in. */
export function storedHash(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('hex');
}
