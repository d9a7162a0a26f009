import type { Transaction } from 'kysely';
import type { CheckedEntry } from '../decisions/entry.js';
import { signalDenialsOf, supersedingOf, supersessionsOf } from '../decisions/opt-out.js';
import type { DatabaseKind } from './kind.js';
import { insertMany } from './many.js';
import type { Tables } from './tables.js';

const SUPERSESSIONS = { account_id: 'text', superseded_id: 'text', purpose: 'text' } as const;
const SIGNAL_DENIALS = { account_id: 'text', decision_id: 'text', purpose: 'text' } as const;

/**
 * Notes what the opt-out flag needs of new entries. Nothing of it is taken back when an entry is erased: an erased signal
 * goes on denying, and what an erased decision took the place of does not come back.
 */
export async function keepForOptOut(
  transaction: Transaction<Tables>,
  kind: DatabaseKind,
  accountId: string,
  entries: readonly CheckedEntry[],
): Promise<void> {
  const superseded = entries.flatMap((entry) =>
    supersessionsOf(entry.form === 'header' ? supersedingOf(entry.remains) : entry.decision),
  );
  const supersededRows = superseded.map(({ decisionId, purpose }) => ({
    account_id: accountId,
    superseded_id: decisionId,
    purpose,
  }));
  const options = { ignoreTaken: true };
  await insertMany(transaction, kind, 'supersessions', SUPERSESSIONS, supersededRows, options);
  const denials = entries.flatMap((entry) =>
    entry.form === 'header' ? [] : signalDenialsOf(entry.decision),
  );
  const denialRows = denials.map(({ decisionId, purpose }) => ({
    account_id: accountId,
    decision_id: decisionId,
    purpose,
  }));
  await insertMany(transaction, kind, 'signal_denials', SIGNAL_DENIALS, denialRows, options);
}
