import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { fromBase64url } from '../../src-shared/ledger/bytes.js';
import { signedBytesOf } from '../../src-shared/ledger/entry.js';
import type { PublicKey } from '../../src-shared/ledger/keys.js';
import { createBoundedMap } from './bounded-map.js';

/** Most keys held ready; beyond it the one not used for longest is read anew. */
const MOST_KEYS = 1000;

/** The key of RFC 8037, appendix A.2: used where there is none, so that the time taken does not tell that there is none. */
const NOBODYS_KEY = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';

/** On a thread of Node's pool: a check takes longer than everything else that one decision needs. */
const verifyAside = promisify(verify);

/** Checks what devices signed. */
export interface DeviceSignatures {
  readonly isSigned: SignatureCheck;
  /**
   * The same for one long request. Its first check is made in this very thread: it is nearly always the only one and small
   * beside the rest, and the way to another thread and back may take longer than it does.
   */
  readonly forManyEntries: () => SignatureCheck;
}

/**
 * Whether `signature` is that of the key over the 32 bytes of `entryHash` (Ed25519, RFC 8032).
 * @param x the public key, base64url; undefined for one that nobody has, for which the same work ends in "no".
 *   `signature` is base64url, `entryHash` lower-case hexadecimal.
 */
export type SignatureCheck = (
  x: string | undefined,
  entryHash: string,
  signature: string,
) => Promise<boolean>;

/** A checker with a store of its own for the keys it has read. */
export function createDeviceSignatures(): DeviceSignatures {
  const keys = createBoundedMap<KeyObject>(MOST_KEYS);
  const checkBy =
    (
      isGood: (key: KeyObject, bytes: Uint8Array, signature: Uint8Array) => Promise<boolean>,
    ): SignatureCheck =>
    async (x, entryHash, signature) => {
      const bytes = onlyForm(signature);
      if (bytes === null) return false;
      const used = x ?? NOBODYS_KEY;
      const key = keys.get(used, () => keyObjectOf(used));
      const checked = await isGood(key, signedBytesOf(entryHash), bytes);
      return checked && x !== undefined;
    };
  const isSigned = checkBy((key, bytes, signature) => verifyAside(null, bytes, key, signature));
  return {
    isSigned,
    forManyEntries() {
      let isFirst = true;
      const first = checkBy((key, bytes, signature) => {
        return Promise.resolve(verify(null, bytes, key, signature));
      });
      return (...asked) => {
        const check = isFirst ? first : isSigned;
        isFirst = false;
        return check(...asked);
      };
    },
  };
}

/** Whether a key can be used: 32 bytes, written in their only form, so that one key has one id. */
export function isUsableKey({ x }: PublicKey): boolean {
  return onlyForm(x)?.length === 32;
}

function keyObjectOf(x: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

function onlyForm(base64url: string): Uint8Array | null {
  try {
    return fromBase64url(base64url);
  } catch {
    return null;
  }
}
