import { EVERY_PURPOSE, onlyDenies, type Decision } from '../consent/decision.js';
import { concat, fromBase64url, fromHex, toHex, utf8 } from './bytes.js';

/** SHA-256 of some bytes: 32 bytes. Passed in, so that these rules run wherever they are needed. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Sets the hash of a ledger entry apart from every other use of SHA-256. */
const ENTRY_TAG = 'SAYSO-LEDGER-V1\0';
/** The same for a decision that came without a chain. */
const BARE_TAG = utf8('SAYSO-BARE-V1\0');

/** Ids and hashes: nothing that JSON would have to escape. */
const PLAIN = /^[A-Za-z0-9_-]+$/;

/** What stands as `prev` in the first entry of a chain. */
export const CHAIN_START = '0'.repeat(64);

/** What the hash of an entry is made of; it says nothing about the person. Hashes are lower-case hexadecimal. */
export interface ChainHeader {
  readonly v: 1;
  /** Random id of the chain, bound to service, subject and device at its start. */
  readonly chain: string;
  readonly seq: number;
  /** `entryHash` of the entry before; {@link CHAIN_START} for the first of its chain. */
  readonly prev: string;
  readonly payloadHash: string;
}

/** What an erased, refused or discarded decision leaves behind; it is read as closed. */
export interface Remains {
  readonly id: string;
  /** The purposes the decision spoke of, `*` among them where it spoke of every one. */
  readonly purposes: readonly string[];
  readonly supersedes: Decision['supersedes'];
}

/**
 * `SHA-256(salt ‖ JCS(decision))`. The salt goes with the payload when it is erased, so that nobody can try out which
 * decision it was.
 * @param salt 32 random bytes, base64url.
 * @param jcs the decision as canonical JSON.
 */
export function payloadHashOf(sha256: Sha256, salt: string, jcs: string): string {
  return toHex(sha256(concat(fromBase64url(salt), utf8(jcs))));
}

/** `SHA-256("SAYSO-LEDGER-V1\0" ‖ JCS({v, chain, seq, prev, payloadHash}))`. */
export function entryHashOf(sha256: Sha256, header: ChainHeader): string {
  return toHex(sha256(utf8(entryHashInput(header))));
}

/** What the hash of an entry is made of, tag and all; nothing but ASCII. */
export function entryHashInput(header: ChainHeader): string {
  const { v, chain, seq, prev, payloadHash } = header;
  if (!Number.isSafeInteger(seq)) throw new RangeError('seq is not a safe integer');
  // The canonical form written down, because a whole ledger is checked with it; every member is plain ASCII or refused.
  for (const text of [chain, prev, payloadHash]) {
    if (!PLAIN.test(text)) throw new RangeError('not an id or a hash');
  }
  return `${ENTRY_TAG}{"chain":"${chain}","payloadHash":"${payloadHash}","prev":"${prev}","seq":${seq},"v":${v}}`;
}

/** What a receipt names for a decision that came without a chain: `SHA-256("SAYSO-BARE-V1\0" ‖ JCS(decision))`. */
export function bareHashOf(sha256: Sha256, jcs: string): string {
  return toHex(sha256(concat(BARE_TAG, utf8(jcs))));
}

/** What a device's Ed25519 key signs: the 32 bytes of `entryHash`, which already carries its own tag. */
export function signedBytesOf(entryHash: string): Uint8Array {
  return fromHex(entryHash);
}

/** What is left of a decision when it is erased. */
export function remainsOf(decision: Pick<Decision, 'id' | 'choices' | 'supersedes'>): Remains {
  const { id, choices, supersedes } = decision;
  return { id, purposes: Object.keys(choices).toSorted(), supersedes };
}

/** What a decision is, for its receipt: an acknowledgement is never consent. */
export type DecisionType = 'consent' | 'refusal' | 'acknowledgement';

export function decisionTypeOf(decision: Pick<Decision, 'action' | 'choices'>): DecisionType {
  if (decision.action === 'acknowledge') return 'acknowledgement';
  return onlyDenies(decision) ? 'refusal' : 'consent';
}

/** Whether what is left of a decision speaks about `purpose`. */
export function remainsSpeakAbout(
  { purposes }: Pick<Remains, 'purposes'>,
  purpose: string,
): boolean {
  return purposes.includes(purpose) || purposes.includes(EVERY_PURPOSE);
}
