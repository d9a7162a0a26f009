import { entryHashOf, payloadHashOf } from '../../src-shared/ledger/entry.js';
import { failed, ok, type Result } from '../../src-shared/result.js';
import { sha256 } from '../keys/sha256.js';
import type { DeviceSignature, Link } from './entry.js';

/** The members by which an entry stands in its chain, as they were sent. */
interface SentLink {
  readonly chain: string;
  readonly prev: string;
  readonly entryHash: string;
  readonly kid?: string | undefined;
  readonly signature?: string | undefined;
}

/** The link of an entry, or what is wrong with it: its hash has to be its own, and a key comes with its signature. */
export function linkOf(sent: SentLink, seq: number, payloadHash: string): Result<Link, string> {
  const { chain, prev, entryHash } = sent;
  const signature = signatureOf(sent);
  if (!signature.ok) return signature;
  const header = { v: 1, chain, seq, prev, payloadHash } as const;
  if (entryHashOf(sha256, header) !== entryHash) {
    return failed('entryHash: is not the hash of this entry');
  }
  return ok({ ...header, entryHash, signature: signature.value });
}

/** The hash of a decision with its salt, or that the salt is not written in its only form. */
export function payloadHashFrom(salt: string, jcs: string): Result<string, string> {
  try {
    return ok(payloadHashOf(sha256, salt, jcs));
  } catch (error) {
    if (error instanceof RangeError) return failed('salt: is not base64url in its only form');
    throw error;
  }
}

function signatureOf({ kid, signature }: SentLink): Result<DeviceSignature | null, string> {
  if (kid === undefined && signature === undefined) return ok(null);
  if (kid === undefined) return failed('kid: is missing beside `signature`');
  if (signature === undefined) return failed('signature: is missing beside `kid`');
  return ok({ kid, signature });
}
