import type { Database } from './open-database.js';

/** Notices acknowledged on this device, whoever is signed in; an acknowledgement is never consent. */
export interface AcknowledgementStore {
  set(service: string, policyVersion: string, atMs: number): void;
  has(service: string): boolean;
}

export function createAcknowledgementStore(database: Database): AcknowledgementStore {
  const insert = database.prepare<[string, string, number]>(
    'INSERT OR REPLACE INTO acknowledgement VALUES (?, ?, ?)',
  );
  const find = database.prepare<[string]>('SELECT 1 FROM acknowledgement WHERE service = ?');
  return {
    set: (service, policyVersion, atMs) => void insert.run(service, policyVersion, atMs),
    has: (service) => find.get(service) !== undefined,
  };
}
