import { newSigningKey } from './keys/signing-key.js';
import type { RandomBytes } from './auth/secrets.js';
import { openStore, type DatabasePlace } from './open-store.js';

/** What a rotation did: the ids of the new key and of the one it retired. */
export interface Rotation {
  readonly kid: string;
  readonly retired: string | null;
}

/**
 * Gives the servers of a database a new key to sign receipts with, also while they run. The old one stays published.
 * @throws whatever stands in the way of opening the database.
 */
export async function rotateKey(
  place: DatabasePlace,
  randomBytes: RandomBytes,
  nowMs: number,
): Promise<Rotation> {
  const store = await openStore(place, nowMs);
  try {
    const key = newSigningKey(randomBytes);
    return { kid: key.kid, retired: await store.signingKeys.rotate(key, nowMs) };
  } finally {
    await store.close();
  }
}
