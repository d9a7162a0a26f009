import { hash } from 'node:crypto';
import { entryHashInput, type ChainHeader } from '../../src-shared/ledger/entry.js';

/**
 * The hashes of `src-shared/ledger/entry.ts`, made by Node's own library in one step each: a press waits for them, and the
 * bytes need not pass through JavaScript one by one. A test holds the two against each other.
 * @param salt 32 random bytes.
 * @param jcs the decision as canonical JSON.
 */
export function payloadHashHere(salt: Uint8Array, jcs: string): string {
  return hash('sha256', Buffer.concat([salt, Buffer.from(jcs, 'utf8')]), 'hex');
}

/** @throws RangeError for a header that has no such form. */
export function entryHashHere(header: ChainHeader): string {
  return hash('sha256', entryHashInput(header), 'hex');
}
