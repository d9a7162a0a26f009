import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { Decision } from '../../../../src-shared/consent/decision.js';
import type { PublicKey } from '../../../../src-shared/ledger/keys.js';

/**
 * A device's side of the ledger, written from the words of the protocol with `node:crypto` alone, so that the server is
 * not held against its own code.
 */
export interface Signer {
  readonly publicKey: PublicKey;
  readonly kid: string;
  /** Signs the 32 bytes of a hash given in hexadecimal. */
  readonly signatureOf: (entryHash: string) => string;
}

export interface SentLink {
  readonly chain: string;
  readonly prev: string;
  readonly entryHash: string;
  readonly kid?: string;
  readonly signature?: string;
}
export type SentEntry = SentLink & { readonly decision: Decision; readonly salt: string };

export function newSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const thumbprint = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`);
  return {
    publicKey: { kty: 'OKP', crv: 'Ed25519', x },
    kid: thumbprint.digest('base64url'),
    signatureOf: (entryHash) =>
      sign(null, Buffer.from(entryHash, 'hex'), privateKey).toString('base64url'),
  };
}

/** A chain that grows with every entry it makes. Without a signer its entries are not signed. */
export function newChain(signer: Signer | null, chain = randomBytes(12).toString('base64url')) {
  let prev = '0'.repeat(64);
  return {
    chain,
    next(decision: Decision): SentEntry {
      const salt = randomBytes(32);
      const payloadHash = sha256(Buffer.concat([salt, Buffer.from(jcs(decision))]));
      const link = linkOf(signer, { chain, seq: decision.seq, prev, payloadHash });
      prev = link.entryHash;
      return { decision, salt: salt.toString('base64url'), ...link };
    },
  };
}

/** The link of an entry, hashed and signed. */
export function linkOf(
  signer: Signer | null,
  header: { chain: string; seq: number; prev: string; payloadHash: string },
): SentLink {
  const tag = Buffer.from('SAYSO-LEDGER-V1\0');
  const entryHash = sha256(Buffer.concat([tag, Buffer.from(jcs({ v: 1, ...header }))]));
  const { chain, prev } = header;
  const signed = signer && { kid: signer.kid, signature: signer.signatureOf(entryHash) };
  return { chain, prev, entryHash, ...signed };
}

/** What is left of an entry when its decision is erased. */
export function headerOf({ decision, salt, ...link }: SentEntry) {
  const words = Buffer.concat([Buffer.from(salt, 'base64url'), Buffer.from(jcs(decision))]);
  const { id, seq, choices, supersedes } = decision;
  const purposes = Object.keys(choices).sort();
  return { id, seq, payloadHash: sha256(words), purposes, supersedes, ...link };
}

/** Canonical JSON of what decisions are made of: names sorted, no spaces. */
export function jcs(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${jcs(member)}`).join(',')}}`;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
