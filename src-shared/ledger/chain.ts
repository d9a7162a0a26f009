import { CHAIN_START, entryHashOf, payloadHashOf, type ChainHeader, type Sha256 } from './entry.js';

/** One entry of a chain as it is kept. */
export interface ChainLink extends ChainHeader {
  readonly entryHash: string;
  /** Null once the decision was erased; the header still proves that there was one. */
  readonly payload: { readonly salt: string; readonly jcs: string } | null;
  /** Null in the chain of the signed-out person, who has no key. */
  readonly signature: { readonly kid: string; readonly signature: string } | null;
}

/** The end of what is known of a chain. */
export interface ChainPosition {
  readonly chain: string;
  readonly seq: number;
  readonly entryHash: string;
}

/** What is wrong with an entry. */
export type LinkFault =
  /** An entry before it is missing, or this number was used already. */
  | 'out-of-order'
  /** It does not follow from the entry before it. */
  | 'not-linked'
  /** Its header does not have this hash. */
  | 'header-changed'
  /** The decision is not the one that was hashed. */
  | 'payload-changed'
  /** No such key, or the signature is not that key's. */
  | 'not-signed';

export interface LinkCrypto {
  readonly sha256: Sha256;
  /** Whether the signature over `entryHash` is that of key `kid`. */
  readonly isSigned: (entryHash: string, kid: string, signature: string) => boolean;
}

/**
 * Checks one entry against the one before it.
 * @param before the entry before it in the same chain; null for the first entry of a chain.
 * @returns the first fault found, or null.
 */
export function faultOf(
  { sha256, isSigned }: LinkCrypto,
  link: ChainLink,
  before: ChainPosition | null,
): LinkFault | null {
  if (before !== null && (before.chain !== link.chain || before.seq + 1 !== link.seq)) {
    return 'out-of-order';
  }
  if (link.prev !== (before?.entryHash ?? CHAIN_START)) return 'not-linked';
  if (entryHashOf(sha256, link) !== link.entryHash) return 'header-changed';
  const { payload, signature } = link;
  if (payload !== null && payloadHashOf(sha256, payload.salt, payload.jcs) !== link.payloadHash) {
    return 'payload-changed';
  }
  if (signature !== null && !isSigned(link.entryHash, signature.kid, signature.signature)) {
    return 'not-signed';
  }
  return null;
}
