import { createHash } from 'node:crypto';
import type { Sha256 } from '../../src-shared/ledger/entry.js';

/** SHA-256 by OpenSSL, for the shared rules that take it from outside. */
export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();
