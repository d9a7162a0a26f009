import { serverKeysSchema, type ServerKey } from '../ledger/keys.js';
import { parseStrictJsonBytes } from '../ledger/strict-json.js';

export { RECEIPT_TYPE } from '../ledger/receipt.js';
export { verifyExport } from './verify.js';
export { outcomeOf, verdictWords } from './words.js';

/** Largest file of keys that is read, in bytes. */
const MAX_KEYS_BYTES = 1024 * 1024;

/** The service's keys from the bytes of a JWKS file (RFC 7517); null where it is none. */
export function readServerKeys(bytes: Uint8Array): readonly ServerKey[] | null {
  const json = parseStrictJsonBytes(bytes, { maxBytes: MAX_KEYS_BYTES });
  const read = json.ok ? serverKeysSchema.safeParse(json.value) : null;
  return read?.success ? read.data.keys : null;
}
