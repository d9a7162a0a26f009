import { storable } from './storable.js';

/**
 * What addresses are compared by. The part before the `@` may by RFC 5321 differ by case alone, but no provider of note
 * makes two mailboxes of that, and people do not remember how they wrote theirs.
 */
export function emailKey(email: string): string {
  return storable(email.trim().toLowerCase());
}
