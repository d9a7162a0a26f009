import type { Transaction } from 'kysely';
import type { CheckedEntry } from '../decisions/entry.js';
import {
  signalDenialsOf,
  supersedingOf,
  supersessionsOf,
  type PurposeOfDecision,
} from '../decisions/opt-out.js';
import type { Tables } from './tables.js';

/** Rows per statement, so that no statement outgrows the number of parameters a database takes. */
const ROWS_PER_INSERT = 1000;

/**
 * Notes what the opt-out flag needs of new entries. Nothing of it is taken back when an entry is erased: an erased signal
 * goes on denying, and what an erased decision took the place of does not come back.
 */
export async function keepForOptOut(
  transaction: Transaction<Tables>,
  accountId: string,
  entries: readonly CheckedEntry[],
): Promise<void> {
  const superseded = entries.flatMap((entry) =>
    supersessionsOf(entry.form === 'header' ? supersedingOf(entry.remains) : entry.decision),
  );
  for (const part of inParts(superseded)) {
    await transaction
      .insertInto('supersessions')
      .values(
        part.map(({ decisionId, purpose }) => ({
          account_id: accountId,
          superseded_id: decisionId,
          purpose,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const denials = entries.flatMap((entry) =>
    entry.form === 'header' ? [] : signalDenialsOf(entry.decision),
  );
  for (const part of inParts(denials)) {
    await transaction
      .insertInto('signal_denials')
      .values(
        part.map(({ decisionId, purpose }) => ({
          account_id: accountId,
          decision_id: decisionId,
          purpose,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

function inParts(rows: readonly PurposeOfDecision[]): PurposeOfDecision[][] {
  const parts: PurposeOfDecision[][] = [];
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    parts.push(rows.slice(start, start + ROWS_PER_INSERT));
  }
  return parts;
}
