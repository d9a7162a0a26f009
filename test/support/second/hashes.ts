import { createHash, webcrypto } from 'node:crypto';
import { secondJcs } from './jcs.js';

/** The hashes of the ledger written a second time, on Node's buffers and the second canonical JSON. */

function sha256(...parts: readonly (string | Buffer)[]): Buffer {
  return createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part as string))))
    .digest();
}

/** @param salt base64url. */
export function secondPayloadHash(salt: string, decision: unknown): string {
  return sha256(Buffer.from(salt, 'base64url'), secondJcs(decision)).toString('hex');
}

export function secondEntryHash(header: {
  readonly chain: string;
  readonly seq: number;
  readonly prev: string;
  readonly payloadHash: string;
}): string {
  const { chain, seq, prev, payloadHash } = header;
  const text = `{"chain":"${chain}","payloadHash":"${payloadHash}","prev":"${prev}","seq":${seq},"v":1}`;
  return sha256('SAYSO-LEDGER-V1', Buffer.from([0]), text).toString('hex');
}

export function secondBareHash(decision: unknown): string {
  return sha256('SAYSO-BARE-V1', Buffer.from([0]), secondJcs(decision)).toString('hex');
}

/** RFC 7638: the required members in the order of their names, without spaces. */
export function secondThumbprint(x: string): string {
  return sha256(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).toString('base64url');
}

/** Checks an Ed25519 signature with WebCrypto, where the project uses `node:crypto`. */
export async function secondVerify(
  x: string,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { subtle } = webcrypto;
  const key = await subtle.importKey('raw', Buffer.from(x, 'base64url'), 'Ed25519', false, [
    'verify',
  ]);
  return await subtle.verify('Ed25519', key, signature, message);
}
