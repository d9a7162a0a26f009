import { z } from 'zod';
import { problemSchema, type Problem } from '../../src-shared/api-contract.js';
import {
  decisionSchema,
  supersedesSchema,
  type Decision,
} from '../../src-shared/consent/decision.js';
import type { Remains } from '../../src-shared/ledger/entry.js';
import { receiptSchema, type Receipt } from '../../src-shared/ledger/receipt.js';
import type { EntryLink } from './new-entry.js';
import type { Database } from './open-database.js';
import type { DecisionRow } from './check/rows.js';
import { readJson } from './read-json.js';
import { createBatchReader, type BatchReader } from './receipt-batches.js';

/** What a row says: the decision, what erasing left of it, or nothing that can still be read. */
export type Said =
  | { readonly kind: 'said'; readonly decision: Decision; readonly salt: string | null }
  | { readonly kind: 'erased'; readonly remains: Remains }
  | { readonly kind: 'unreadable' };

/** One decision with everything this profile knows about it. Times in milliseconds since 1970. */
export interface HistoryRow {
  /** Its place in the order in which this profile learnt of decisions. */
  readonly row: number;
  readonly id: string;
  /** Empty where only the remains of another device's decision ever came here. */
  readonly device: string;
  readonly seq: number;
  readonly madeHere: boolean;
  readonly atMs: number;
  readonly receivedAtMs: number | null;
  readonly said: Said;
  /** Null for a decision of a client that keeps no chain. */
  readonly link: EntryLink | null;
  readonly receipt: Receipt | null;
  /** Whether it is still to be sent, or was sent and not taken; null when neither. */
  readonly outbox: {
    readonly state: 'waiting' | 'refused';
    readonly problem: Problem | null;
  } | null;
}

/** Reading what was said, whole: for the history page and for exports. Writes nothing. */
export interface HistoryStore {
  /** The newest decisions before the place `before` (null: of all), at most `limit`, newest first. */
  page(service: string, subject: string, before: number | null, limit: number): HistoryRow[];
  /** Every decision, in the order in which this profile learnt of them. */
  all(service: string, subject: string): HistoryRow[];
  /** One decision of this service and subject; null when it is not theirs. */
  one(service: string, subject: string, decisionId: string): HistoryRow | null;
}

interface Raw extends DecisionRow {
  readonly received_at_ms: number | null;
  readonly receipt_batch: number | null;
  readonly receipt_index: number | null;
  readonly receipt: string | null;
  readonly state: 'waiting' | 'refused' | null;
  readonly problem: string | null;
}

const SELECT = `
  SELECT decision.*, received_at_ms, receipt_batch, receipt_index, receipt.body AS receipt, outbox.state, outbox.problem
  FROM decision
  LEFT JOIN received ON received.row = decision.row
  LEFT JOIN receipt ON receipt.decision_id = decision.id
  LEFT JOIN outbox ON outbox.decision_id = decision.id
  WHERE decision.service = ? AND decision.subject = ?`;

export function createHistoryStore(database: Database): HistoryStore {
  const page = database.prepare<[string, string, number, number], Raw>(
    `${SELECT} AND decision.row < ? ORDER BY decision.row DESC LIMIT ?`,
  );
  const all = database.prepare<[string, string], Raw>(`${SELECT} ORDER BY decision.row`);
  const one = database.prepare<[string, string, string], Raw>(`${SELECT} AND decision.id = ?`);
  const openReader = createBatchReader(database);
  const rowsOf = (): ((raw: Raw) => HistoryRow) => {
    const inBatch = openReader();
    return (raw) => rowOf(raw, inBatch);
  };
  return {
    page: (service, subject, before, limit) =>
      page.all(service, subject, before ?? Number.MAX_SAFE_INTEGER, limit).map(rowsOf()),
    all: (service, subject) => all.all(service, subject).map(rowsOf()),
    one(service, subject, decisionId) {
      const found = one.get(service, subject, decisionId);
      return found ? rowsOf()(found) : null;
    },
  };
}

function rowOf(raw: Raw, inBatch: BatchReader): HistoryRow {
  const { row, id, device, seq, receipt, state, problem } = raw;
  return {
    row,
    id,
    device,
    seq,
    madeHere: raw.made_here === 1,
    atMs: raw.at_ms,
    receivedAtMs: raw.received_at_ms,
    said: saidIn(raw),
    link: linkOf(raw),
    receipt:
      receipt === null
        ? inBatch(raw.receipt_batch, raw.receipt_index)
        : readJson(receiptSchema, receipt),
    outbox: state && { state, problem: problem === null ? null : readJson(problemSchema, problem) },
  };
}

const remainsSchema = z.object({ purposes: z.array(z.string()), supersedes: supersedesSchema });

function saidIn({ id, body, salt, remains }: Raw): Said {
  if (body !== null) {
    const decision = readJson(decisionSchema, body);
    return decision?.id === id ? { kind: 'said', decision, salt } : { kind: 'unreadable' };
  }
  const left = remains === null ? null : readJson(remainsSchema, remains);
  return left ? { kind: 'erased', remains: { id, ...left } } : { kind: 'unreadable' };
}

function linkOf(raw: Raw): EntryLink | null {
  const { chain, prev, payload_hash: payloadHash, entry_hash: entryHash, kid, signature } = raw;
  if (chain === null || prev === null || payloadHash === null || entryHash === null) return null;
  const signed = kid !== null && signature !== null;
  return { chain, prev, payloadHash, entryHash, signature: signed ? { kid, signature } : null };
}
