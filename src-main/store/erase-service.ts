import type { Database } from './open-database.js';
import { SERVICE_TABLES } from './tables-of-decisions.js';

/** Deletes every row about what was decided of a service, whoever decided it. Sessions and policies are not touched. */
export function createServiceEraser(database: Database): (service: string) => void {
  const deletions = SERVICE_TABLES.map((table) =>
    database.prepare<[string]>(`DELETE FROM ${table} WHERE service = ?`),
  );
  return (service) => {
    for (const deletion of deletions) deletion.run(service);
  };
}
