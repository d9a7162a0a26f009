import { decisionSchema, type Decision } from '../../../src-shared/consent/decision.js';
import {
  faultOf,
  type ChainLink,
  type ChainPosition,
  type LinkCrypto,
} from '../../../src-shared/ledger/chain.js';
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

/** Checks rows one after the other, in the order of chain and number. */
export interface ChainFollower {
  next(row: DecisionRow): Finding | null;
  /** After the last row. */
  end(): Finding | null;
}

/**
 * Follows the chains of one service. The chains of this profile's own devices have no gaps; of another device's chain some
 * entries may not have been fetched.
 *
 * An entry's hash covers all entries before it, so the last signature of an unbroken run proves the whole run; what the
 * earlier signatures themselves look like is covered by the sums over the rows.
 */
export function createChainFollower(
  { sha256, isSigned }: LinkCrypto,
  ownDevices: ReadonlySet<string>,
): ChainFollower {
  const hashing: LinkCrypto = { sha256, isSigned: () => true };
  let before: ChainPosition | null = null;
  let lastSigned: { readonly row: DecisionRow; readonly link: ChainLink } | null = null;

  const endRun = (): Finding | null => {
    const ended = lastSigned;
    lastSigned = null;
    const signature = ended?.link.signature;
    if (!ended || !signature) return null;
    const holds = isSigned(ended.link.entryHash, signature.kid, signature.signature);
    return holds ? null : `${ended.row.id}: not-signed`;
  };

  return {
    next(row) {
      const link = linkOf(row);
      if (!link) return null;
      const follows: ChainPosition | null = before?.chain === link.chain ? before : null;
      const hasGap = follows ? follows.seq + 1 !== link.seq : link.prev !== CHAIN_START;
      before = { chain: link.chain, seq: link.seq, entryHash: link.entryHash };
      if (hasGap && ownDevices.has(row.device)) return `${row.id}: an entry before it is missing`;
      const previous = hasGap
        ? { chain: link.chain, seq: link.seq - 1, entryHash: link.prev }
        : follows;
      const fault = faultOf(hashing, link, previous);
      if (fault !== null) return `${row.id}: ${fault}`;
      const goesOn =
        follows !== null && !hasGap && lastSigned?.link.signature?.kid === link.signature?.kid;
      const finding = goesOn ? null : endRun();
      if (link.signature !== null) lastSigned = { row, link };
      return finding;
    },
    end: endRun,
  };
}
