import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.js';

/** A sign-in whose revocation came before it is on its way no longer than this, in milliseconds. */
const LATE_SIGN_IN_MS = 60 * 60 * 1000;
/** No session is kept longer after it began than this, in milliseconds: 30 days of life and 30 more. */
const SESSION_KEPT_MS = 61 * 24 * 60 * 60 * 1000;

/** Who wants the hash of a revoke handle. */
export interface RevokeClaim {
  readonly service: string;
  readonly revokeHash: string;
  readonly hasSession: boolean;
  readonly atMs: number;
}

/**
 * Claims the hash of a revoke handle. A revocation may overtake the sign-in it is to end, when a client crashed while the
 * server was still looking at the password; whichever claims the hash first makes the other one find it taken, in either
 * database, since both insert the same key.
 * @returns whether it was free.
 */
export async function claimRevokeHash(
  transaction: Transaction<Tables>,
  { service, revokeHash, hasSession, atMs }: RevokeClaim,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await transaction
    .insertInto('revoke_claims')
    .values({ service, revoke_hash: revokeHash, has_session: hasSession ? 1 : 0, at_ms: atMs })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

/** Forgets claims that can matter to nobody any more. */
export async function forgetRevokeClaims(db: Kysely<Tables>, nowMs: number): Promise<void> {
  for (const [hasSession, keptMs] of [
    [0, LATE_SIGN_IN_MS],
    [1, SESSION_KEPT_MS],
  ] as const) {
    await db
      .deleteFrom('revoke_claims')
      .where('has_session', '=', hasSession)
      .where('at_ms', '<', nowMs - keptMs)
      .execute();
  }
}
