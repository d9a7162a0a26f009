import { faultOf } from '../../src-shared/ledger/chain.js';
import { EVERY_PURPOSE } from '../../src-shared/consent/decision.js';
import { CHAIN_START } from '../../src-shared/ledger/entry.js';
import { sha256 } from '../crypto/index.js';
import { findingInRow, readDecision, type Finding } from './check/entries.js';
import { linkOf, type DecisionRow } from './check/rows.js';
import type { ChainEnd } from './chains.js';
import type { Database } from './open-database.js';

/** What can be checked at once, whatever the length of the history. */
export interface StartCheck {
  /** The ends and checkpoints of this profile's chains and every decision that something rests on now. */
  findingIn(service: string, ends: readonly ChainEnd[]): Finding | null;
}

export function createStartCheck(database: Database): StartCheck {
  const entryAt = database.prepare<[string, number], DecisionRow>(
    'SELECT * FROM decision WHERE chain = ? AND seq = ?',
  );
  const behindHeads = database.prepare<[string], DecisionRow & { purpose: string; choice: string }>(
    `SELECT decision.*, head.purpose, head.choice FROM head LEFT JOIN decision ON decision.id = head.decision_id
     WHERE head.service = ?`,
  );
  const findingAt = (chain: string, seq: number, entryHash: string): Finding | null => {
    const row = entryAt.get(chain, seq);
    if (!row) return `chain ${chain}: entry ${seq} is missing`;
    if (row.entry_hash !== entryHash) return `${row.id}: is not the entry that was there`;
    return findingInEntry(row);
  };
  return {
    findingIn(service, ends) {
      for (const { chain, seq, entryHash, checkedSeq, checkedHash } of ends) {
        const end = findingAt(chain, seq, entryHash);
        if (end !== null) return end;
        const checkpoint = checkedHash === null ? null : findingAt(chain, checkedSeq, checkedHash);
        if (checkpoint !== null) return checkpoint;
      }
      for (const row of behindHeads.all(service)) {
        // The left join leaves nulls where the decision behind a head is gone.
        if ((row.id as string | null) === null) return 'a decision that holds now is missing';
        const finding = findingInEntry(row) ?? findingInChoice(row);
        if (finding !== null) return finding;
      }
      return null;
    },
  };
}

function findingInChoice(row: DecisionRow & { purpose: string; choice: string }): Finding | null {
  const choices = row.body === null ? null : (readDecision(row.body)?.choices ?? {});
  const said = choices === null ? 'erased' : choices[row.purpose];
  const every = row.purpose === EVERY_PURPOSE ? choices?.[EVERY_PURPOSE] : undefined;
  // A grant that the server refused reads as closed.
  const closed = row.choice === 'erased' && said === 'granted';
  return closed || (said ?? every) === row.choice ? null : `${row.id}: does not say what holds`;
}

/** One entry by itself; what went before it is the business of the whole check. */
function findingInEntry(row: DecisionRow): Finding | null {
  const inRow = findingInRow(row);
  const link = linkOf(row);
  if (inRow !== null || !link) return inRow;
  const before =
    link.prev === CHAIN_START
      ? null
      : { chain: link.chain, seq: link.seq - 1, entryHash: link.prev };
  const fault = faultOf({ sha256, isSigned: () => true }, link, before);
  return fault && `${row.id}: ${fault}`;
}
