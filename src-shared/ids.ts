import { z } from 'zod';

/** The forms by themselves, for what has to be read quicker than by a schema. */
export const PATTERNS = {
  /** A service or a purpose. */
  name: /^[a-z][a-z0-9-]{0,63}$/,
  language: /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
  opaque: /^[A-Za-z0-9_-]{1,64}$/,
  sha256: /^[0-9a-f]{64}$/,
  base64url32: /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/,
  signature: /^[A-Za-z0-9_-]{85}[AQgw]$/,
  /** Lower case alone, as every client of ours writes it; the schema also takes upper case. */
  uuidV7: /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
} as const;

/** Folder name, URL segment and keychain prefix of a service: lower case, no dots or slashes, so that it is safe in all three. */
export const serviceIdSchema = z.string().regex(PATTERNS.name);

/** A purpose the person decides on. `*` is not a purpose: it stands for every one, known or not, and only denies. */
export const purposeIdSchema = z.string().regex(PATTERNS.name);

/** BCP 47 language tag, such as `en` or `pt-BR`. */
export const languageTagSchema = z.string().regex(PATTERNS.language);

/** UUID version 7 (RFC 9562, section 5.7): ids that sort by the time they were made. */
export const uuidV7Schema = z.uuidv7();

/** An account or device id: opaque to the client, bounded so that it cannot be used to fill a disk. */
export const opaqueIdSchema = z.string().regex(PATTERNS.opaque);

/** A SHA-256 digest as lower-case hexadecimal. */
export const sha256HexSchema = z.string().regex(PATTERNS.sha256);

/** 32 bytes as base64url without padding (RFC 4648, section 5), in the only form that has no unused bits set. */
export const base64url32Schema = z.string().regex(PATTERNS.base64url32);

/** A moment in UTC, RFC 3339 with `Z`, to the millisecond at most. */
export const utcInstantSchema = z.iso
  .datetime({ offset: false })
  .regex(/^.*:\d{2}(\.\d{1,3})?Z$/, 'is finer than a millisecond');

/** A calendar day, `YYYY-MM-DD`. */
export const calendarDaySchema = z.iso.date();

/** An Ed25519 signature, 64 bytes, as base64url without padding. */
export const ed25519SignatureSchema = z.string().regex(PATTERNS.signature);
