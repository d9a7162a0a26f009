import type { ChainLink } from '../../../src-shared/ledger/chain.js';

/** A row of the table of decisions, whole. */
export interface DecisionRow {
  readonly row: number;
  readonly id: string;
  readonly service: string;
  readonly subject: string;
  readonly device: string;
  readonly seq: number;
  readonly at_ms: number;
  readonly body: string | null;
  readonly salt: string | null;
  readonly remains: string | null;
  readonly chain: string | null;
  readonly prev: string | null;
  readonly payload_hash: string | null;
  readonly entry_hash: string | null;
  readonly kid: string | null;
  readonly signature: string | null;
  readonly made_here: number;
}

/** The entry of a row as the rules of the ledger see it; null for a decision without a chain. */
export function linkOf(row: DecisionRow): ChainLink | null {
  const { chain, prev, payload_hash: payloadHash, entry_hash: entryHash, kid, signature } = row;
  if (chain === null || prev === null || payloadHash === null || entryHash === null) return null;
  return {
    v: 1,
    chain,
    seq: row.seq,
    prev,
    payloadHash,
    entryHash,
    payload: row.body === null || row.salt === null ? null : { salt: row.salt, jcs: row.body },
    signature: kid === null || signature === null ? null : { kid, signature },
  };
}

/** Whether the link is complete or wholly absent: a single missing part was not left out by us. */
export function linkIsWhole(row: DecisionRow): boolean {
  const parts = [row.chain, row.prev, row.payload_hash, row.entry_hash];
  const given = parts.filter((part) => part !== null).length;
  const payloadFits = row.body === null ? row.salt === null : (row.salt !== null) === (given === 4);
  return (
    (given === 0 || given === 4) && (row.kid === null) === (row.signature === null) && payloadFits
  );
}
