import { EVERY_PURPOSE } from '../../src-shared/consent/decision.js';
import type { Head, HeadChoice } from '../../src-shared/consent/effective-state.js';
import type { Database } from './open-database.js';

/** A head as stored: with the place in the order of decisions if it was made in this profile, null if it was fetched. */
export interface StoredHead extends Head {
  readonly purpose: string;
  readonly madeHereRow: number | null;
}

/** What holds, as it is read for a screen or for the gate. */
export interface HeadReader {
  /** The heads of one purpose: those that name it and those that stand through `*`. */
  headsOf(service: string, subject: string, purpose: string): StoredHead[];
  /** Every purpose with a head of its own, `*` among them. */
  purposesWithHeads(service: string, subject: string): string[];
}

interface HeadKey {
  readonly service: string;
  readonly subject: string;
  readonly purpose: string;
}

interface HeadRow {
  readonly purpose: string;
  readonly decision_id: string;
  readonly choice: HeadChoice;
  readonly made_here_row: number | null;
  readonly at_ms: number;
  readonly pressed_at_ms: number;
  readonly received_at_ms: number | null;
  readonly policy_version: string;
  readonly rests: number;
}

export function createHeadReader(database: Database): HeadReader {
  // A `*` head stands for a purpose unless it was superseded there by name.
  const heads = database.prepare<[HeadKey], HeadRow>(
    `SELECT * FROM head WHERE service = @service AND subject = @subject AND purpose = @purpose
     UNION ALL
     SELECT * FROM head AS every
     WHERE service = @service AND subject = @subject AND purpose = '${EVERY_PURPOSE}' AND @purpose <> '${EVERY_PURPOSE}'
       AND NOT EXISTS (SELECT 1 FROM superseded WHERE service = @service AND subject = @subject
                       AND purpose = @purpose AND decision_id = every.decision_id)`,
  );
  const purposes = database
    .prepare<[string, string], string>(
      'SELECT DISTINCT purpose FROM head WHERE service = ? AND subject = ?',
    )
    .pluck();
  return {
    headsOf: (service, subject, purpose) => heads.all({ service, subject, purpose }).map(fromRow),
    purposesWithHeads: (service, subject) => purposes.all(service, subject),
  };
}

function fromRow(row: HeadRow): StoredHead {
  return {
    id: row.decision_id,
    purpose: row.purpose,
    choice: row.choice,
    madeHereRow: row.made_here_row,
    atMs: row.at_ms,
    pressedAtMs: row.pressed_at_ms,
    policyVersion: row.policy_version,
    receivedAtMs: row.received_at_ms,
    rests: row.rests === 1,
  };
}
