import { decisionSchema, type Decision } from '../../src-shared/consent/decision.js';
import { pressedAtMs } from '../../src-shared/consent/expiry.js';
import type { ChainStore } from './chains.js';
import { createDecisionRows, type KnownRow } from './decision-rows.js';
import type { EntryLink, NewEntry, NewRemains } from './new-entry.js';
import type { Database } from './open-database.js';
import { createReceivedNotes, type ReceivedNotes } from './received.js';
import type { Register } from './register.js';
import { ACCOUNT_DELETIONS } from './tables-of-decisions.js';

/** Decisions as said; every write happens inside a transaction that the caller opens. */
export interface DecisionStore extends ReceivedNotes {
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
  byId(decisionId: string): Decision | null;
  /** Whether what it said is gone. */
  isErased(decisionId: string): boolean;
  /** How much was erased since the start: whoever has read decisions can tell by it whether one of them is gone since. */
  erasures(): number;
  /** The place of the newest decision in the order this profile learnt of them; 0 when there is none. */
  lastRow(): number;
  /** Deletes everything kept for an account except the numbers of its chains. */
  deleteSubject(service: string, subject: string): void;
}

export function createDecisionStore(
  database: Database,
  register: Register,
  chains: ChainStore,
): DecisionStore {
  const rows = createDecisionRows(database);
  const received = createReceivedNotes(database, register);
  const sign = database.prepare<[string, string, string]>(
    'UPDATE decision SET kid = ?, signature = ? WHERE id = ?',
  );
  const body = database
    .prepare<[string], string | null>('SELECT body FROM decision WHERE id = ?')
    .pluck();
  // The server has to erase its copy too; only the device that made an entry may say so.
  const tell = database.prepare<[string]>(
    `INSERT INTO outbox (row, decision_id, service, subject, state)
     SELECT row, id, service, subject, 'waiting' FROM decision
     WHERE id = ? AND subject <> '' AND made_here = 1 AND chain IS NOT NULL
     ON CONFLICT (decision_id) DO UPDATE SET state = 'waiting', problem = NULL, unsent = 1`,
  );
  const inOutbox = database.prepare<[string]>('SELECT 1 FROM outbox WHERE decision_id = ?');
  // It was about the header.
  const dropReceipt = database.prepare<[string]>('DELETE FROM receipt WHERE decision_id = ?');
  const newest = database.prepare<[], number | null>('SELECT max(row) FROM decision').pluck();
  const deletions = ACCOUNT_DELETIONS.map((sql) => database.prepare<[string, string]>(sql));

  let erasures = 0;
  const byId = (decisionId: string): Decision | null => {
    const text = body.get(decisionId);
    return text == null ? null : decisionSchema.parse(JSON.parse(text));
  };
  const erase = (decisionId: string): void => {
    const decision = byId(decisionId);
    if (!decision) return;
    rows.empty(decision);
    erasures += 1;
    register.eraseChoice(decisionId);
    tell.run(decisionId);
  };
  const apply = (entry: NewEntry, madeHereRow: number | null): void => {
    const { decision, receivedAtMs, proven } = entry;
    const isNew = isJustMade(entry);
    register.apply(decision, {
      madeHereRow,
      receivedAtMs,
      pressedAtMs: pressedAtMs(decision),
      isNew,
    });
    if (!proven) register.restGrant(decision.id);
  };
  /** Puts the words of another device's decision in the place of the header that had to come without them. */
  const complete = (entry: NewEntry): void => {
    const { id, service, subject } = entry.decision;
    rows.fill(entry);
    dropReceipt.run(id);
    register.dropHeads(service, subject ?? '', id);
    apply(entry, null);
  };
  const follow = ({ decision, ledger }: NewEntry): void => {
    const { service, device, seq } = decision;
    const subject = decision.subject ?? '';
    if (ledger) {
      const { chain, entryHash } = ledger.link;
      chains.extend({ service, subject, device, seq, chain, entryHash });
    } else chains.raiseSeq(service, subject, device, seq);
  };

  return {
    ...received,
    add(entry) {
      const { decision, receivedAtMs, madeHere, ours } = entry;
      // One that was just made cannot be known: its id is new.
      const before = isJustMade(entry) ? undefined : rows.known(decision.id);
      if (before) {
        const isCompletion = isCompletedBy(before, entry);
        if (isCompletion) complete(entry);
        else if (receivedAtMs !== null) received.markReceived(decision.id, receivedAtMs);
        return isCompletion;
      }
      const row = rows.insert(entry);
      if (ours) follow(entry);
      apply(entry, madeHere ? row : null);
      return true;
    },
    addRemains(entry) {
      const { remains, service, subject, link, receivedAtMs } = entry;
      const before = rows.known(remains.id);
      if (!before) {
        rows.insertRemains(entry);
        register.applyRemains(service, subject, remains, receivedAtMs);
        return true;
      }
      if (before.entry_hash !== link.entryHash) return false;
      // All that the server keeps of a grant it refused, or has of one whose words still wait here: no erasure.
      if (inOutbox.get(remains.id) !== undefined) return false;
      erase(remains.id);
      received.markReceived(remains.id, receivedAtMs);
      return true;
    },
    erase,
    isErased: (decisionId) => body.get(decisionId) === null,
    erasures: () => erasures,
    setSignature: (decisionId, { kid, signature }) => void sign.run(kid, signature, decisionId),
    byId,
    lastRow: () => newest.get() ?? 0,
    deleteSubject(service, subject) {
      for (const deletion of deletions) deletion.run(service, subject);
      // With its entries gone nothing of the chain can be checked; only its numbers stay used.
      chains.endChain(service, subject);
    },
  };
}

/** Whether nobody can have heard of it yet, and so nothing can have taken its place. */
function isJustMade({ madeHere, receivedAtMs }: NewEntry): boolean {
  return madeHere && receivedAtMs === null;
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
