import type { Database } from './open-database.js';

/** One entry that is still to be sent for an account that was signed out of. */
export interface PartingEntry {
  readonly row: number;
  readonly baseAddress: string;
  /** The entry as it travels, JSON. */
  readonly body: string;
}

/**
 * Signed refusals of accounts that were signed out of. They travel without a session, in the order in which they came here,
 * and are kept until the service has answered.
 */
export interface PartingStore {
  /** @param bodies entries as they travel (JSON), in order. */
  add(service: string, baseAddress: string, bodies: readonly string[]): void;
  /** The oldest that go to one address, at most `limit`. */
  oldest(service: string, limit: number): PartingEntry[];
  remove(rows: readonly number[]): void;
  count(service: string): number;
  /** Deletes those of a service and answers what they were, so that they can be added again. */
  take(service: string): PartingEntry[];
}

export function createPartingStore(database: Database): PartingStore {
  const insert = database.prepare<[string, string, string]>(
    'INSERT INTO parting (service, base_address, body) VALUES (?, ?, ?)',
  );
  const columns = 'SELECT row, base_address AS baseAddress, body FROM parting';
  const first = database.prepare<[{ service: string; limit: number }], PartingEntry>(
    `${columns} WHERE service = @service AND base_address =
       (SELECT base_address FROM parting WHERE service = @service ORDER BY row LIMIT 1)
     ORDER BY row LIMIT @limit`,
  );
  const every = database.prepare<[string], PartingEntry>(
    `${columns} WHERE service = ? ORDER BY row`,
  );
  const drop = database.prepare<[number]>('DELETE FROM parting WHERE row = ?');
  const dropAll = database.prepare<[string]>('DELETE FROM parting WHERE service = ?');
  const total = database
    .prepare<[string], number>('SELECT count(*) FROM parting WHERE service = ?')
    .pluck();
  return {
    add(service, baseAddress, bodies) {
      for (const body of bodies) insert.run(service, baseAddress, body);
    },
    oldest: (service, limit) => first.all({ service, limit }),
    remove(rows) {
      for (const row of rows) drop.run(row);
    },
    count: (service) => total.get(service) ?? 0,
    take(service) {
      const taken = every.all(service);
      dropAll.run(service);
      return taken;
    },
  };
}
