import type { Database } from './open-database.js';

/** How much waits to be sent, and how much was refused. */
export interface OutboxCounts {
  countWaiting(service: string, subject: string): number;
  /** How many the server has refused and nothing newer has taken the place of. */
  countRefused(service: string, subject: string): number;
}

/** A refusal by the server is settled by the person's next word about every purpose it spoke of. */
export const STILL_STANDS = `EXISTS (SELECT 1 FROM head WHERE head.decision_id = outbox.decision_id)`;

export function createOutboxCounts(database: Database): OutboxCounts {
  const countWaiting = database
    .prepare<[string, string], number>(
      `SELECT count(*) FROM outbox WHERE service = ? AND subject = ? AND state = 'waiting'`,
    )
    .pluck();
  const countRefused = database
    .prepare<[string, string], number>(
      `SELECT count(*) FROM outbox WHERE service = ? AND subject = ? AND state = 'refused' AND ${STILL_STANDS}`,
    )
    .pluck();
  return {
    countWaiting: (service, subject) => countWaiting.get(service, subject) ?? 0,
    countRefused: (service, subject) => countRefused.get(service, subject) ?? 0,
  };
}
