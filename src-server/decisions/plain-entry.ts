import { hash } from 'node:crypto';
import { PATTERNS } from '../../src-shared/ids.js';
import { MAX_BYTES } from '../../src-shared/ledger/canonical.js';
import { is, membersOf, remembering } from '../../src-shared/plain.js';
import type { ChainedEntry } from './entry.js';
import { readPlainDecision } from './plain-decision.js';

const SALT_BYTES = 32;
/** Members of an entry without a signature, and with one. */
const UNSIGNED_MEMBERS = 5;
const SIGNED_MEMBERS = 7;
/** What all entries of a request mostly have in common. */
const isChain = remembering(PATTERNS.opaque);
const isKey = remembering(PATTERNS.base64url32);

/**
 * Reads an entry as our own clients send it: whole, in its chain, in the plainest form. It takes only what `readEntry` takes
 * by its schemas, with the same outcome, in a fraction of the time; a test holds the two against each other.
 * @param entry made by `JSON.parse`.
 * @returns null for anything that it does not know to be good.
 */
export function readPlainEntry(entry: unknown): ChainedEntry | null {
  const sent = membersOf(entry);
  if (!sent) return null;
  const { salt, chain, prev, entryHash, kid, signature } = sent;
  const isUnsigned = kid === undefined && signature === undefined;
  const expected = isUnsigned ? UNSIGNED_MEMBERS : SIGNED_MEMBERS;
  if (Object.keys(sent).length !== expected) return null;
  if (!is(PATTERNS.base64url32, salt) || !isChain(chain) || !is(PATTERNS.sha256, prev)) return null;
  const by = isKey(kid) && is(PATTERNS.signature, signature) ? { kid, signature } : null;
  if (by === null && !isUnsigned) return null;
  const read = readPlainDecision(sent['decision']);
  if (!read || read.jcs.length > MAX_BYTES) return null;
  const { decision, jcs } = read;
  const { id, seq } = decision;
  const payloadHash = payloadHashOf(salt, jcs);
  const header = `{"chain":"${chain}","payloadHash":"${payloadHash}","prev":"${prev}","seq":${seq},"v":1}`;
  if (hash('sha256', `SAYSO-LEDGER-V1\0${header}`, 'hex') !== entryHash) return null;
  const link = { v: 1, chain, seq, prev, payloadHash, entryHash, signature: by } as const;
  return { form: 'chained', id, decision, jcs, salt, link };
}

/** What is hashed is put together here, one entry after another: a place of its own for each is more to clear away. */
const scratch = Buffer.alloc(SALT_BYTES + MAX_BYTES);

/** `SHA-256(salt ‖ JCS(decision))` of a salt in its only form and a text in ASCII of at most {@link MAX_BYTES}. */
function payloadHashOf(salt: string, jcs: string): string {
  const bytes = scratch.subarray(0, SALT_BYTES + jcs.length);
  bytes.write(salt, 0, 'base64url');
  bytes.write(jcs, SALT_BYTES, 'latin1');
  return hash('sha256', bytes, 'hex');
}
