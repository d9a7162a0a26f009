import { decisionSchema, type Decision } from '../../src-shared/consent/decision.js';
import { pressedAtMs } from '../../src-shared/consent/expiry.js';
import { remainsOf, type ChainHeader, type Remains } from '../../src-shared/ledger/entry.js';
import type { ChainStore } from './chains.js';
import type { Database } from './open-database.js';
import type { Register } from './register.js';

/** The place of an entry in its chain, with the device's signature where there is one. */
export interface EntryLink extends Omit<ChainHeader, 'v' | 'seq'> {
  readonly entryHash: string;
  readonly signature: { readonly kid: string; readonly signature: string } | null;
}

/** A decision to be kept. */
export interface NewEntry {
  readonly decision: Decision;
  /** The decision as canonical JSON: exactly what was hashed. */
  readonly jcs: string;
  /** Null for a decision of a client that keeps no chain. */
  readonly ledger: { readonly salt: string; readonly link: EntryLink } | null;
  /** The server's time of receipt; null for one just made here. */
  readonly receivedAtMs: number | null;
  readonly madeHere: boolean;
  /** Whether it is of this profile's own device: a restored backup may learn of its own later entries by fetching. */
  readonly ours: boolean;
  /** False for a grant from elsewhere whose proof does not check: it opens nothing. */
  readonly proven: boolean;
}

/** What came of an erased decision of another device. */
export interface NewRemains {
  readonly remains: Remains;
  readonly service: string;
  readonly subject: string;
  readonly seq: number;
  readonly link: EntryLink;
  readonly receivedAtMs: number;
}

/** Decisions as said; every write happens inside a transaction that the caller opens. */
export interface DecisionStore {
  /**
   * Keeps a decision and brings the effective state up to date. A decision that is already known only learns when the
   * server took it; one of which only a header came, because its device could send no more then, is completed.
   * @returns whether it was new.
   */
  add(entry: NewEntry): boolean;
  /** Keeps what is left of a decision; one that is known whole is erased if it is the very same entry. */
  addRemains(entry: NewRemains): boolean;
  /** Deletes what was said and its salt; its place in the chain and in the effective state stays, and reads as closed. */
  erase(decisionId: string): void;
  setSignature(decisionId: string, by: NonNullable<EntryLink['signature']>): void;
  /** @returns whether that is the time that is noted now; an earlier word about it stands. */
  markReceived(decisionId: string, receivedAtMs: number): boolean;
  byId(decisionId: string): Decision | null;
  /** Whether what it said is gone. */
  isErased(decisionId: string): boolean;
  /** Whether this very entry is here whole, with the proof that the server took it: then nothing more can be learnt of it. */
  isSettled(decisionId: string, entryHash: string): boolean;
  /** When the server took it, milliseconds since 1970; null while it has not, or where it is not kept. */
  receivedAtMs(decisionId: string): number | null;
  /** The place of the newest decision in the order this profile learnt of them; 0 when there is none. */
  lastRow(): number;
  /** Deletes everything kept for an account except the numbers of its chains. */
  deleteSubject(service: string, subject: string): void;
}

interface KnownRow {
  readonly entry_hash: string | null;
  /** Empty where nothing but a header ever came. */
  readonly device: string;
  readonly received_at_ms: number | null;
  readonly is_header: number;
}

export function createDecisionStore(
  database: Database,
  register: Register,
  chains: ChainStore,
): DecisionStore {
  const insert = database.prepare(
    `INSERT INTO decision (id, service, subject, device, seq, at_ms, received_at_ms, body, salt, remains,
       chain, prev, payload_hash, entry_hash, kid, signature, made_here)
     VALUES (@id, @service, @subject, @device, @seq, @atMs, @receivedAtMs, @body, @salt, @remains,
       @chain, @prev, @payloadHash, @entryHash, @kid, @signature, @madeHere)`,
  );
  const known = database.prepare<[string], KnownRow>(
    'SELECT entry_hash, device, received_at_ms, body IS NULL AS is_header FROM decision WHERE id = ?',
  );
  const received = database.prepare<[number, string]>(
    'UPDATE decision SET received_at_ms = ? WHERE id = ? AND received_at_ms IS NULL',
  );
  const settled = database.prepare<[string, string]>(
    `SELECT 1 FROM decision JOIN receipt ON receipt.decision_id = decision.id
     WHERE decision.id = ? AND entry_hash = ? AND decision.body IS NOT NULL AND received_at_ms IS NOT NULL`,
  );
  const receivedAt = database
    .prepare<[string], number | null>('SELECT received_at_ms FROM decision WHERE id = ?')
    .pluck();
  const sign = database.prepare<[string, string, string]>(
    'UPDATE decision SET kid = ?, signature = ? WHERE id = ?',
  );
  const body = database
    .prepare<[string], string | null>('SELECT body FROM decision WHERE id = ?')
    .pluck();
  const empty = database.prepare<[string, string]>(
    'UPDATE decision SET body = NULL, salt = NULL, remains = ? WHERE id = ? AND body IS NOT NULL',
  );
  // The server has to erase its copy too; only the device that made an entry may say so.
  const tell = database.prepare<[string]>(
    `INSERT INTO outbox (row, decision_id, service, subject, state)
     SELECT row, id, service, subject, 'waiting' FROM decision
     WHERE id = ? AND subject <> '' AND made_here = 1 AND chain IS NOT NULL
     ON CONFLICT (decision_id) DO UPDATE SET state = 'waiting', problem = NULL, unsent = 1`,
  );
  const inOutbox = database.prepare<[string]>('SELECT 1 FROM outbox WHERE decision_id = ?');
  const fill = database.prepare(
    `UPDATE decision SET device = @device, at_ms = @atMs, received_at_ms = @receivedAtMs, body = @body, salt = @salt,
       remains = NULL, kid = @kid, signature = @signature WHERE id = @id`,
  );
  // It was about the header.
  const dropReceipt = database.prepare<[string]>('DELETE FROM receipt WHERE decision_id = ?');
  const newest = database.prepare<[], number | null>('SELECT max(row) FROM decision').pluck();
  const deletions = ['outbox', 'receipt', 'public_key', 'head', 'superseded', 'decision'].map(
    (table) =>
      database.prepare<[string, string]>(`DELETE FROM ${table} WHERE service = ? AND subject = ?`),
  );

  const markReceived = (decisionId: string, receivedAtMs: number): boolean => {
    // Once said, it stays: a receipt may already vouch for it.
    if (received.run(receivedAtMs, decisionId).changes === 0) {
      return receivedAt.get(decisionId) === receivedAtMs;
    }
    register.markReceived(decisionId, receivedAtMs);
    return true;
  };
  const byId = (decisionId: string): Decision | null => {
    const text = body.get(decisionId);
    return text == null ? null : decisionSchema.parse(JSON.parse(text));
  };
  const erase = (decisionId: string): void => {
    const decision = byId(decisionId);
    if (!decision) return;
    empty.run(JSON.stringify(remainsOf(decision)), decisionId);
    register.eraseChoice(decisionId);
    tell.run(decisionId);
  };

  /** Puts the words of another device's decision in the place of the header that had to come without them. */
  const complete = ({ decision, jcs, ledger, receivedAtMs, proven }: NewEntry): boolean => {
    const { id, service, device } = decision;
    const by = ledger?.link.signature;
    fill.run({
      id,
      device,
      atMs: Date.parse(decision.at),
      receivedAtMs,
      body: jcs,
      salt: ledger?.salt ?? null,
      kid: by?.kid ?? null,
      signature: by?.signature ?? null,
    });
    dropReceipt.run(id);
    register.dropHeads(service, decision.subject ?? '', id);
    register.apply(decision, {
      madeHereRow: null,
      receivedAtMs,
      pressedAtMs: pressedAtMs(decision),
    });
    if (!proven) register.restGrant(id);
    return true;
  };

  return {
    add(entry) {
      const { decision, jcs, ledger, receivedAtMs, madeHere, ours, proven } = entry;
      const before = known.get(decision.id);
      if (before) {
        if (isCompletedBy(before, entry)) return complete(entry);
        if (receivedAtMs !== null) markReceived(decision.id, receivedAtMs);
        return false;
      }
      const { id, service, device, seq } = decision;
      const subject = decision.subject ?? '';
      const { lastInsertRowid } = insert.run({
        id,
        service,
        subject,
        device,
        seq,
        atMs: Date.parse(decision.at),
        receivedAtMs,
        body: jcs,
        remains: null,
        madeHere: Number(madeHere),
        ...columnsOf(ledger?.link ?? null),
        salt: ledger?.salt ?? null,
      });
      if (ours && ledger) {
        const { chain, entryHash } = ledger.link;
        chains.extend({ service, subject, device, seq, chain, entryHash });
      } else if (ours) chains.raiseSeq(service, subject, device, seq);
      const madeHereRow = madeHere ? Number(lastInsertRowid) : null;
      register.apply(decision, { madeHereRow, receivedAtMs, pressedAtMs: pressedAtMs(decision) });
      if (!proven) register.restGrant(id);
      return true;
    },
    addRemains({ remains, service, subject, seq, link, receivedAtMs }) {
      const before = known.get(remains.id);
      if (before) {
        if (before.entry_hash !== link.entryHash) return false;
        // All that the server keeps of a grant it refused, or has of one whose words still wait here: no erasure.
        if (inOutbox.get(remains.id) !== undefined) return false;
        erase(remains.id);
        markReceived(remains.id, receivedAtMs);
        return true;
      }
      insert.run({
        id: remains.id,
        service,
        subject,
        // The header says nothing about the device, and nothing hangs on it any more.
        device: '',
        seq,
        atMs: receivedAtMs,
        receivedAtMs,
        body: null,
        salt: null,
        remains: JSON.stringify(remains),
        madeHere: 0,
        ...columnsOf(link),
      });
      register.applyRemains(service, subject, remains, receivedAtMs);
      return true;
    },
    erase,
    isErased: (decisionId) => body.get(decisionId) === null,
    setSignature: (decisionId, { kid, signature }) => void sign.run(kid, signature, decisionId),
    markReceived,
    byId,
    isSettled: (decisionId, entryHash) => settled.get(decisionId, entryHash) !== undefined,
    receivedAtMs: (decisionId) => receivedAt.get(decisionId) ?? null,
    lastRow: () => newest.get() ?? 0,
    deleteSubject(service, subject) {
      for (const deletion of deletions) deletion.run(service, subject);
      // With its entries gone nothing of the chain can be checked; only its numbers stay used.
      chains.endChain(service, subject);
    },
  };
}

/**
 * Whether an entry brings the words to a header that had to come without them: the server took it later than the header. What
 * was erased was taken before; and what was known whole here and then erased stays so whatever a server says, which shows in
 * that its device is known.
 */
function isCompletedBy(before: KnownRow, { ledger, receivedAtMs }: NewEntry): boolean {
  const isHeaderOnly = before.is_header === 1 && before.device === '';
  const isLater = (receivedAtMs ?? 0) > (before.received_at_ms ?? Infinity);
  return isHeaderOnly && isLater && ledger?.link.entryHash === before.entry_hash;
}

function columnsOf(link: EntryLink | null) {
  return {
    chain: link?.chain ?? null,
    prev: link?.prev ?? null,
    payloadHash: link?.payloadHash ?? null,
    entryHash: link?.entryHash ?? null,
    kid: link?.signature?.kid ?? null,
    signature: link?.signature?.signature ?? null,
  };
}
