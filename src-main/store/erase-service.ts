import type { Database } from './open-database.js';

const TABLES = [
  'outbox',
  'receipt',
  'receipt_batch',
  'public_key',
  'head',
  'superseded',
  'decision',
  'chain',
  'acknowledgement',
];

/** Deletes every row about what was decided of a service, whoever decided it. Sessions and policies are not touched. */
export function createServiceEraser(database: Database): (service: string) => void {
  const deletions = TABLES.map((table) =>
    database.prepare<[string]>(`DELETE FROM ${table} WHERE service = ?`),
  );
  return (service) => {
    for (const deletion of deletions) deletion.run(service);
  };
}
