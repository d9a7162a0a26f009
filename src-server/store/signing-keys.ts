import type { Kysely, Transaction } from 'kysely';
import type { SigningKey } from '../keys/signing-key.js';
import type { Tables } from './tables.js';
import type { Transact } from './transactions.js';

/** Most keys that are published; the contract's bound. */
const MOST_KEYS = 100;

/** The keys that the server signs receipts with. */
export interface SigningKeyStore {
  /** Keeps the key that `make` gives, if none is in use; else nothing is made. */
  ensure(make: () => SigningKey, nowMs: number): Promise<void>;
  /** Retires the key in use and puts a new one in its place. @returns the id of the retired one, if there was one. */
  rotate(key: SigningKey, nowMs: number): Promise<string | null>;
  /** Every key, retired ones too, newest first, at most 100. */
  list(): Promise<readonly SigningKey[]>;
}

/**
 * Signing keys in a database of either kind. The database itself lets only one be in use, so whoever loses a race against
 * another process finds that one's key when it tries again.
 */
export function createSigningKeyStore(db: Kysely<Tables>, transact: Transact): SigningKeyStore {
  return {
    ensure: (make, nowMs) =>
      transact(async (transaction) => {
        if ((await inUse(transaction)) === undefined) await add(transaction, make(), nowMs);
      }),
    rotate: (key, nowMs) =>
      transact(async (transaction) => {
        const retired = await transaction
          .updateTable('signing_keys')
          .set({ retired_at_ms: nowMs })
          .where('retired_at_ms', 'is', null)
          .returning('kid')
          .executeTakeFirst();
        await add(transaction, key, nowMs);
        return retired?.kid ?? null;
      }),
    async list() {
      const rows = await db
        .selectFrom('signing_keys')
        .select(['kid', 'private_jwk'])
        .orderBy('created_at_ms', 'desc')
        .orderBy('kid')
        .limit(MOST_KEYS)
        .execute();
      return rows.map(keyOf);
    },
  };
}

/** The key to sign with, read anew for each request because another process may have put a new one in its place. */
export async function inUse(transaction: Transaction<Tables>): Promise<SigningKey | undefined> {
  const row = await transaction
    .selectFrom('signing_keys')
    .select(['kid', 'private_jwk'])
    .where('retired_at_ms', 'is', null)
    .orderBy('created_at_ms', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && keyOf(row);
}

async function add(transaction: Transaction<Tables>, key: SigningKey, nowMs: number) {
  await transaction
    .insertInto('signing_keys')
    .values({
      kid: key.kid,
      private_jwk: key.privateJwk,
      created_at_ms: nowMs,
      retired_at_ms: null,
    })
    .execute();
}

/** A row of the table as the key that it holds. */
export function keyOf(row: { readonly kid: string; readonly private_jwk: string }): SigningKey {
  return { kid: row.kid, privateJwk: row.private_jwk };
}
