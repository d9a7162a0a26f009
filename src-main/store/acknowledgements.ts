import type { Database } from './open-database.js';

/** Notices acknowledged on this device, whoever is signed in; an acknowledgement is never consent. */
export interface AcknowledgementStore {
  set(service: string, policyVersion: string, atMs: number): void;
  /** The version of the policy whose notice was acknowledged; null when none was. */
  versionOf(service: string): string | null;
}

export function createAcknowledgementStore(database: Database): AcknowledgementStore {
  const insert = database.prepare<[string, string, number]>(
    'INSERT OR REPLACE INTO acknowledgement VALUES (?, ?, ?)',
  );
  const find = database
    .prepare<[string], string>('SELECT policy_version FROM acknowledgement WHERE service = ?')
    .pluck();
  return {
    set: (service, policyVersion, atMs) => void insert.run(service, policyVersion, atMs),
    versionOf: (service) => find.get(service) ?? null,
  };
}
