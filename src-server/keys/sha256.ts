import { hash } from 'node:crypto';
import type { Sha256 } from '../../src-shared/ledger/entry.js';

/**
 * SHA-256 by OpenSSL, for the shared rules that take it from outside. Asked in one call and as a text with a letter for
 * each byte, which Node answers three times as fast as by an object for each hash, and twice as fast as with bytes.
 */
export const sha256: Sha256 = (bytes) => Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');
