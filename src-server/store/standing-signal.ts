import type { Kysely } from 'kysely';
import { EVERY_PURPOSE } from '../../src-shared/consent/decision.js';
import type { Tables } from './tables.js';

/**
 * Whether the account has an opt-out signal that is a head: one that, for some purpose it denied, nothing has superseded.
 * Reads only what was noted of signals, so it does not get slower with history.
 */
export async function hasStandingSignal(db: Kysely<Tables>, accountId: string): Promise<boolean> {
  const standing = await db
    .selectFrom('signal_denials as signal')
    .select('signal.decision_id')
    .where('signal.account_id', '=', accountId)
    .where((outer) =>
      outer.not(
        outer.exists(
          outer
            .selectFrom('supersessions as newer')
            .select('newer.superseded_id')
            .whereRef('newer.account_id', '=', 'signal.account_id')
            .whereRef('newer.superseded_id', '=', 'signal.decision_id')
            .where((inner) =>
              inner.or([
                inner('newer.purpose', '=', inner.ref('signal.purpose')),
                inner('newer.purpose', '=', EVERY_PURPOSE),
              ]),
            ),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return standing !== undefined;
}
