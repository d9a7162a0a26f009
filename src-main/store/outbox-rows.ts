import { problemSchema, type Problem } from '../../src-shared/api-contract.js';
import type { Decision } from '../../src-shared/consent/decision.js';
import type { Remains } from '../../src-shared/ledger/entry.js';
import type { EntryLink } from './new-entry.js';
import { readJson } from './read-json.js';

/** A decision that is to be sent, or what is left of one that was erased, with its place in the ledger. */
export interface WaitingEntry {
  /** Its place in the order of sending. */
  readonly row: number;
  readonly id: string;
  readonly said:
    | { readonly decision: Decision; readonly salt: string; readonly jcs: string }
    | { readonly remains: Remains; readonly seq: number };
  readonly link: EntryLink;
  /** The server has it whole: it was erased since, or the server has lost it. */
  readonly wasReceived: boolean;
  /** The server has a header in its place and waits for the words. */
  readonly isHeld: boolean;
}

/** One row as a person is shown it. */
export interface OutboxItem {
  readonly id: string;
  /** By the device's clock, milliseconds since 1970. */
  readonly atMs: number;
  readonly state: 'waiting' | 'refused';
  readonly choices: Decision['choices'];
  readonly problem: Problem | null;
}

/** A row of the outbox with its decision, as the file has it. */
export interface WaitingRow {
  readonly row: number;
  readonly id: string;
  readonly seq: number;
  readonly body: string | null;
  readonly salt: string | null;
  readonly remains: string | null;
  readonly chain: string;
  readonly prev: string;
  readonly payload_hash: string;
  readonly entry_hash: string;
  readonly kid: string | null;
  readonly signature: string | null;
  readonly was_received: number;
  readonly held: number;
}

/** Those of the columns that stand in the table of decisions: whoever reads hundreds of rows asks for no others. */
export const WAITING_COLUMNS = [
  ...(['row', 'id', 'seq', 'body', 'salt', 'remains', 'chain', 'prev'] as const),
  ...(['payload_hash', 'entry_hash', 'kid', 'signature'] as const),
] satisfies (keyof WaitingRow)[];

/** The same, as far as a person is shown it. */
export interface ItemRow {
  readonly id: string;
  readonly at_ms: number;
  readonly body: string | null;
  readonly state: OutboxItem['state'];
  readonly problem: string | null;
}

/** The texts are this profile's own, checked when they were written and covered by sums since: they are read, not checked again. */
export function waitingOf(row: WaitingRow): WaitingEntry {
  const { id, body: jcs, salt, chain, prev, kid } = row;
  const { payload_hash: payloadHash, entry_hash: entryHash } = row;
  const signature =
    kid === null || row.signature === null ? null : { kid, signature: row.signature };
  const said =
    jcs === null || salt === null
      ? { remains: { id, ...(JSON.parse(row.remains ?? '') as Omit<Remains, 'id'>) }, seq: row.seq }
      : { decision: JSON.parse(jcs) as Decision, salt, jcs };
  return {
    row: row.row,
    id,
    said,
    link: { chain, prev, payloadHash, entryHash, signature },
    wasReceived: row.was_received === 1,
    isHeld: row.held === 1,
  };
}

export function itemOf({ id, at_ms: atMs, body, state, problem }: ItemRow): OutboxItem {
  return {
    id,
    atMs,
    state,
    choices: body === null ? {} : (JSON.parse(body) as Decision).choices,
    problem: problem === null ? null : readJson(problemSchema, problem),
  };
}
