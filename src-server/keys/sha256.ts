import { hash } from 'node:crypto';
import type { Sha256 } from '../../src-shared/ledger/entry.js';

/**
 * SHA-256 by OpenSSL, for the shared rules that take it from outside. Asked in one call and as hexadecimal, which Node answers
 * three times as fast as by an object for each hash.
 */
export const sha256: Sha256 = (bytes) => Buffer.from(hash('sha256', bytes, 'hex'), 'hex');
