import { decisionSchema, type Decision } from '../../../src-shared/consent/decision.js';
import { faultOf, type ChainPosition, type LinkCrypto } from '../../../src-shared/ledger/chain.js';
import { CHAIN_START } from '../../../src-shared/ledger/entry.js';
import { linkIsWhole, linkOf, type DecisionRow } from './rows.js';

/** What a check has found: the first thing that is not as it was written, in words for a log. */
export type Finding = string;

/**
 * Checks one row by itself: that its columns are those of the decision that was hashed, and that nothing of its ledger
 * entry is missing.
 */
export function findingInRow(
  row: DecisionRow,
  decision: Decision | null = decisionOf(row),
): Finding | null {
  if (!linkIsWhole(row)) return `${row.id}: a part of its ledger entry is missing`;
  if (row.body === null) return null;
  if (!decision) return `${row.id}: is no decision`;
  const same =
    decision.id === row.id &&
    decision.service === row.service &&
    (decision.subject ?? '') === row.subject &&
    decision.device === row.device &&
    decision.seq === row.seq &&
    Date.parse(decision.at) === row.at_ms;
  return same ? null : `${row.id}: a column differs from what was said`;
}

/**
 * The decision of a row. Where a hash vouches for the text it is not looked at once more: nothing else than a decision was
 * ever hashed, and whoever asks checks the hash too.
 */
export function decisionOf({ body, chain }: DecisionRow): Decision | null {
  if (body === null) return null;
  if (chain === null) return readDecision(body);
  try {
    return JSON.parse(body) as Decision;
  } catch {
    return null;
  }
}

/** What was said; null where the text is no decision. */
export function readDecision(body: string): Decision | null {
  try {
    const parsed = decisionSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Follows the chains of one service and subject, row by row in the order of chain and number. The chains of this profile's
 * own devices have no gaps; of another device's chain some entries may not have been fetched.
 */
export function createChainFollower(
  crypto: LinkCrypto,
  ownDevices: ReadonlySet<string>,
): (row: DecisionRow) => Finding | null {
  let before: ChainPosition | null = null;
  return (row) => {
    const link = linkOf(row);
    if (!link) return null;
    const follows: ChainPosition | null = before?.chain === link.chain ? before : null;
    const hasGap = follows ? follows.seq + 1 !== link.seq : link.prev !== CHAIN_START;
    before = { chain: link.chain, seq: link.seq, entryHash: link.entryHash };
    if (hasGap && ownDevices.has(row.device)) return `${row.id}: an entry before it is missing`;
    const previous = hasGap
      ? { chain: link.chain, seq: link.seq - 1, entryHash: link.prev }
      : follows;
    const fault = faultOf(crypto, link, previous);
    return fault && `${row.id}: ${fault}`;
  };
}
