import type { Database } from '../open-database.js';
import type { Finding } from './entries.js';
import type { RegisterCheck } from './register.js';

/** The effective state has to be what the decisions come to, subject by subject. */
export function registerFinding(
  database: Database,
  service: string,
  registers: ReadonlyMap<string, RegisterCheck>,
): Finding | null {
  const read = (table: string, columns: string): string[] =>
    database
      .prepare<[string], string>(
        `SELECT subject || ' ' || ${columns} FROM ${table} WHERE service = ?`,
      )
      .pluck()
      .all(service)
      .toSorted();
  const expected = [...registers].map(([subject, register]) => ({
    subject,
    ...register.derived(),
  }));
  const heads = expected.flatMap(({ subject, heads }) => heads.map((head) => `${subject} ${head}`));
  const superseded = expected.flatMap((one) =>
    one.superseded.map((pair) => `${one.subject} ${pair}`),
  );
  if (!same(read('head', "purpose || ' ' || decision_id || ' ' || choice"), heads)) {
    return 'what holds is not what the decisions come to';
  }
  return same(read('superseded', "purpose || ' ' || decision_id"), superseded)
    ? null
    : 'what was superseded is not what the decisions say';
}

function same(found: readonly string[], expected: readonly string[]): boolean {
  const sorted = expected.toSorted();
  return found.length === sorted.length && found.every((one, index) => one === sorted[index]);
}

/** The last entry of each of this profile's chains has to be there. */
export function endsFinding(database: Database, service: string): Finding | null {
  const missing = database
    .prepare<[string], string>(
      `SELECT chain FROM chain WHERE service = ? AND chain IS NOT NULL AND NOT EXISTS
         (SELECT 1 FROM decision WHERE decision.chain = chain.chain AND decision.seq = chain.last_seq
            AND decision.entry_hash = chain.last_hash)`,
    )
    .pluck()
    .get(service);
  return missing === undefined ? null : `chain ${missing}: its last entry is missing`;
}

/** What was said here for an account and never received has to be in the outbox, and nothing of anybody else. */
export function outboxFinding(database: Database, service: string): Finding | null {
  const odd = database
    .prepare<[string, string, string], string>(
      `SELECT id FROM decision WHERE service = ? AND subject <> '' AND made_here = 1
         AND NOT EXISTS (SELECT 1 FROM received WHERE received.row = decision.row)
         AND NOT EXISTS (SELECT 1 FROM outbox WHERE decision_id = id)
       UNION ALL SELECT decision_id FROM outbox WHERE service = ?
         AND NOT EXISTS (SELECT 1 FROM decision WHERE id = decision_id AND decision.row = outbox.row
           AND decision.service = ? AND decision.subject = outbox.subject)`,
    )
    .pluck()
    .get(service, service, service);
  return odd === undefined ? null : `${odd}: is not in the outbox as it should be`;
}

/** What is noted of a decision's receipt has to stand beside that very decision. */
export function receivedFinding(database: Database, service: string): Finding | null {
  const odd = database
    .prepare<[string], string>(
      `SELECT decision_id FROM received WHERE service = ? AND NOT EXISTS (SELECT 1 FROM decision
         WHERE decision.row = received.row AND decision.id = received.decision_id AND decision.service = received.service)`,
    )
    .pluck()
    .get(service);
  return odd === undefined ? null : `${odd}: is noted as received beside another`;
}
