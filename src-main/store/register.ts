import { EVERY_PURPOSE, type Decision } from '../../src-shared/consent/decision.js';
import { supersededBy } from '../../src-shared/consent/effective-state.js';
import type { Remains } from '../../src-shared/ledger/entry.js';
import { createHeadReader, type HeadReader } from './head-reader.js';
import type { Database } from './open-database.js';

/** The heads of every purpose of one service and subject; reading costs the same however long the history is. */
export interface Register extends HeadReader {
  /** Applies a decision exactly once; its place in the order of arrival changes nothing. */
  apply(decision: Decision, known: Circumstances): void;
  /** Applies what is left of an erased decision: it supersedes as ever, and reads as closed. */
  applyRemains(service: string, subject: string, remains: Remains, receivedAtMs: number): void;
  /** Takes a decision out of what holds, to be applied once more: more is known of it now. */
  dropHeads(service: string, subject: string, decisionId: string): void;
  /** What a decision said is gone: where it stands, it reads as closed. */
  eraseChoice(decisionId: string): void;
  /** Sets when the server took a decision. */
  markReceived(decisionId: string, receivedAtMs: number): void;
  /** The same for many of one service and subject; an earlier word about one of them stands. */
  markBatchReceived(
    service: string,
    subject: string,
    ids: readonly string[],
    receivedAtMs: number,
  ): void;
  /** Lets a grant rest: it no longer opens anything and reads "ask again". Denials are left as they are. */
  restGrant(decisionId: string): void;
  /** A grant that the server refused reads as closed, as it does on every other device, which only gets its header. */
  closeGrant(decisionId: string): void;
  /** Lets every grant of one service and subject rest. */
  restGrants(service: string, subject: string): void;
  /** No press can have come later than a moment that the server has just proven. */
  clampPresses(provenNowMs: number): void;
  /** Whether any press is noted as later than a moment. */
  hasPressAfter(ms: number): boolean;
}

/** What is known of a decision besides what it says. */
interface Circumstances {
  readonly madeHereRow: number | null;
  readonly receivedAtMs: number | null;
  readonly pressedAtMs: number;
  /** Whether it was only just made, so that nothing can have superseded it. */
  readonly isNew: boolean;
}

/** The incremental form of `headIds` in `src-shared/consent/effective-state.ts`; a test holds the two against each other. */
export function createRegister(database: Database): Register {
  const isSuperseded = database.prepare<[string, string, string, string]>(
    `SELECT 1 FROM superseded WHERE service = ? AND subject = ? AND purpose IN (?, '${EVERY_PURPOSE}') AND decision_id = ?`,
  );
  const addSuperseded = database.prepare<[string, string, string, string]>(
    'INSERT INTO superseded VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const dropHead = database.prepare<[string, string, string, string]>(
    'DELETE FROM head WHERE service = ? AND subject = ? AND purpose = ? AND decision_id = ?',
  );
  const dropHeadEverywhere = database.prepare<[string, string, string]>(
    'DELETE FROM head WHERE service = ? AND subject = ? AND decision_id = ?',
  );
  const addHead = database.prepare(
    `INSERT INTO head (service, subject, purpose, decision_id, choice, made_here_row, at_ms, pressed_at_ms,
       received_at_ms, policy_version)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const received = database.prepare<[number, string]>(
    'UPDATE head SET received_at_ms = ? WHERE decision_id = ?',
  );
  const batchReceived = database.prepare<[number, string, string, string]>(
    `UPDATE head SET received_at_ms = ? WHERE service = ? AND subject = ? AND received_at_ms IS NULL
       AND decision_id IN (SELECT value FROM json_each(?))`,
  );
  const rest = database.prepare<[string]>(
    `UPDATE head SET rests = 1 WHERE decision_id = ? AND choice = 'granted'`,
  );
  const close = database.prepare<[string]>(
    `UPDATE head SET choice = 'erased', rests = 0 WHERE decision_id = ? AND choice = 'granted'`,
  );
  const erase = database.prepare<[string]>(
    `UPDATE head SET choice = 'erased', rests = 0 WHERE decision_id = ?`,
  );
  const clamp = database.prepare<[number, number]>(
    'UPDATE head SET pressed_at_ms = ? WHERE pressed_at_ms > ?',
  );
  const later = database.prepare<[number], number>(
    'SELECT 1 FROM head WHERE pressed_at_ms > ? LIMIT 1',
  );
  const restAll = database.prepare<[string, string]>(
    `UPDATE head SET rests = 1 WHERE service = ? AND subject = ? AND choice = 'granted'`,
  );

  const supersede = (
    service: string,
    subject: string,
    said: Pick<Decision, 'choices' | 'supersedes'>,
  ): void => {
    for (const purpose of Object.keys(said.supersedes)) {
      for (const id of supersededBy(said, purpose)) {
        addSuperseded.run(service, subject, purpose, id);
        if (purpose === EVERY_PURPOSE) dropHeadEverywhere.run(service, subject, id);
        else dropHead.run(service, subject, purpose, id);
      }
    }
  };

  return {
    ...createHeadReader(database),
    apply(decision, { madeHereRow, receivedAtMs, pressedAtMs, isNew }) {
      const { service, id, policy } = decision;
      const subject = decision.subject ?? '';
      const atMs = Date.parse(decision.at);
      const rest = [madeHereRow, atMs, pressedAtMs, receivedAtMs, policy.version];
      for (const [purpose, choice] of Object.entries(decision.choices)) {
        if (!isNew && isSuperseded.get(service, subject, purpose, id)) continue;
        addHead.run(service, subject, purpose, id, choice, ...rest);
      }
      supersede(service, subject, decision);
    },
    applyRemains(service, subject, { id, purposes, supersedes }, receivedAtMs) {
      const rest = [null, receivedAtMs, receivedAtMs, receivedAtMs, ''];
      for (const purpose of purposes) {
        if (isSuperseded.get(service, subject, purpose, id)) continue;
        addHead.run(service, subject, purpose, id, 'erased', ...rest);
      }
      // What was said does not matter to what it took the place of, only where it spoke.
      const choices = Object.fromEntries(purposes.map((purpose) => [purpose, 'denied' as const]));
      supersede(service, subject, { choices, supersedes });
    },
    dropHeads: (service, subject, decisionId) =>
      void dropHeadEverywhere.run(service, subject, decisionId),
    eraseChoice: (decisionId) => void erase.run(decisionId),
    markReceived: (decisionId, receivedAtMs) => void received.run(receivedAtMs, decisionId),
    markBatchReceived: (service, subject, ids, receivedAtMs) =>
      void batchReceived.run(receivedAtMs, service, subject, JSON.stringify(ids)),
    restGrant: (decisionId) => void rest.run(decisionId),
    closeGrant: (decisionId) => void close.run(decisionId),
    restGrants: (service, subject) => void restAll.run(service, subject),
    hasPressAfter: (ms) => later.get(ms) !== undefined,
    clampPresses: (provenNowMs) => void clamp.run(provenNowMs, provenNowMs),
  };
}
