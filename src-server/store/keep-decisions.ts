import type { Transaction } from 'kysely';
import type { Decision } from '../../src-shared/consent/decision.js';
import { signalDenialsOf, supersessionsOf, type PurposeOfDecision } from '../decisions/opt-out.js';
import type { CheckedDecision, KeptDecision } from '../decisions/settle.js';
import type { Tables } from './tables.js';

/** A decision to be kept, with what the opt-out flag needs of it. */
export interface DecisionToTake extends CheckedDecision {
  readonly decision: Decision;
}

/** Rows per statement, so that no statement outgrows the number of parameters a database takes. */
const ROWS_PER_INSERT = 1000;

/** What is kept already under one of these ids, or at one of these places in the account's chains. */
export async function readKept(
  transaction: Transaction<Tables>,
  accountId: string,
  decisions: readonly DecisionToTake[],
): Promise<KeptDecision[]> {
  const columns = ['id', 'account_id', 'chain', 'seq', 'decision', 'received_at_ms'] as const;
  const sameId = await transaction
    .selectFrom('decisions')
    .select(columns)
    .where(
      'id',
      'in',
      decisions.map((decision) => decision.id),
    )
    .execute();
  const samePlace = await transaction
    .selectFrom('decisions')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('chain', 'in', [...new Set(decisions.map((decision) => decision.chain))])
    .where(
      'seq',
      'in',
      decisions.map((decision) => decision.seq),
    )
    .execute();
  return [...sameId, ...samePlace].map((row) => ({
    id: row.id,
    chain: row.chain,
    seq: row.seq,
    jcs: row.decision,
    receivedAtMs: row.received_at_ms,
    ofThisAccount: row.account_id === accountId,
  }));
}

/** Keeps decisions that are new, and notes what the opt-out flag needs of them. */
export async function keep(
  transaction: Transaction<Tables>,
  accountId: string,
  decisions: readonly DecisionToTake[],
  receivedAtMs: number,
): Promise<void> {
  const rows = decisions.map(({ id, chain, seq, jcs }) => ({
    id,
    account_id: accountId,
    chain,
    seq,
    decision: jcs,
    received_at_ms: receivedAtMs,
  }));
  await transaction.insertInto('decisions').values(rows).execute();
  const superseded = decisions.flatMap(({ decision }) => supersessionsOf(decision));
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
  const denials = decisions.flatMap(({ decision }) => signalDenialsOf(decision));
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
