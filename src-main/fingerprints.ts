import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** A random UUID, for ids that say nothing about when they were made. */
export const newRandomId = (): string => randomUUID();

/** A revoke handle: 32 random bytes, base64url. */
export const newHandle = (): string => randomBytes(32).toString('base64url');

/** @returns SHA-256 of the text's UTF-8, lower-case hex. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** @returns base64url SHA-256 of a handle's 32 bytes, which goes with a sign-in. */
export function hashHandle(handle: string): string {
  return createHash('sha256').update(Buffer.from(handle, 'base64url')).digest('base64url');
}
