import type { Decision } from '../../src-shared/consent/decision.js';
import { canonicalJson } from '../../src-shared/ledger/canonical.js';
import type { NewEntry, NextPlace } from '../store/index.js';
import type { DeviceKey } from '../crypto/index.js';
import { entryHashHere, payloadHashHere } from '../crypto/index.js';

/** Random bytes for salts and chain ids. */
export type RandomBytes = (length: number) => Uint8Array;

/** The part of a device's key that signs entries. */
export type EntrySigner = Pick<DeviceKey, 'kid' | 'sign'>;

/**
 * Gives a decision its place in the ledger: salted hash of what was said, hash of the entry, the device's signature where
 * its key is at hand.
 */
export function linkDecision(
  decision: Decision,
  { chain: running, seq, prev }: NextPlace,
  key: EntrySigner | null,
  randomBytes: RandomBytes,
): NewEntry {
  const jcs = canonicalJson(decision);
  const salt = randomBytes(32);
  const chain = running ?? base64url(randomBytes(16));
  const payloadHash = payloadHashHere(salt, jcs);
  const entryHash = entryHashHere({ v: 1, chain, seq, prev, payloadHash });
  const signature = key && { kid: key.kid, signature: key.sign(entryHash) };
  return {
    decision,
    jcs,
    ledger: { salt: base64url(salt), link: { chain, prev, payloadHash, entryHash, signature } },
    receivedAtMs: null,
    madeHere: true,
    ours: true,
    proven: true,
  };
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}
