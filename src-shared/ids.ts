import { z } from 'zod';

/** Folder name, URL segment and keychain prefix of a service: lower case, no dots or slashes, so that it is safe in all three. */
export const serviceIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);

/** A purpose the person decides on. `*` is not a purpose: it stands for every one, known or not, and only denies. */
export const purposeIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);

/** BCP 47 language tag, such as `en` or `pt-BR`. */
export const languageTagSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

/** UUID version 7 (RFC 9562, section 5.7): ids that sort by the time they were made. */
export const uuidV7Schema = z.uuidv7();

/** An account or device id: opaque to the client, bounded so that it cannot be used to fill a disk. */
export const opaqueIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** A SHA-256 digest as lower-case hexadecimal. */
export const sha256HexSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** 32 bytes as base64url without padding (RFC 4648, section 5), in the only form that has no unused bits set. */
export const base64url32Schema = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);

/** A moment in UTC, RFC 3339 with `Z`, to the millisecond at most. */
export const utcInstantSchema = z.iso
  .datetime({ offset: false })
  .regex(/^.*:\d{2}(\.\d{1,3})?Z$/, 'is finer than a millisecond');

/** A calendar day, `YYYY-MM-DD`. */
export const calendarDaySchema = z.iso.date();

/** An Ed25519 signature, 64 bytes, as base64url without padding. */
export const ed25519SignatureSchema = z.string().regex(/^[A-Za-z0-9_-]{85}[AQgw]$/);
