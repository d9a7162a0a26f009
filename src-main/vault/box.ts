import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes of a key, of a nonce (NIST SP 800-38D, 5.2.1.1: 96 bits) and of a tag. */
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The form of what is kept, so that another can follow it. */
const FORM = 1;

/**
 * Seals a text with AES-256-GCM. A key seals so few texts (one for each change of an account's data) that random nonces never
 * come near the 2^32 that the standard allows for one key (NIST SP 800-38D, 8.3).
 * @param key 32 bytes.
 * @param about what the text belongs to; it opens with the same words only.
 * @returns form (1 byte) · nonce (12) · tag (16) · the sealed text.
 */
export function seal(key: Buffer, text: string, about: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(about, 'utf8'));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([FORM]), nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what {@link seal} made; null where it was changed, belongs to something else, or is of another key or form. */
export function unseal(key: Buffer, sealed: Buffer, about: string): string | null {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORM) return null;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(about, 'utf8'));
    decipher.setAuthTag(tag);
    const text = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
