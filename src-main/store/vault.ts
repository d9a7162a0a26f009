import type { Database } from './open-database.js';

/** What is kept of each account's own data: bytes that only the account's key opens. */
export interface VaultStore {
  /** Null where there is none of that account. */
  get(service: string, accountId: string): Buffer | null;
  put(service: string, accountId: string, sealed: Buffer): void;
  delete(service: string): void;
}

export function createVaultStore(database: Database): VaultStore {
  const read = database
    .prepare<[string, string], Buffer>(
      'SELECT sealed FROM vault WHERE service = ? AND account_id = ?',
    )
    .pluck();
  const replace = database.prepare<[string, string, Buffer]>(
    'INSERT OR REPLACE INTO vault VALUES (?, ?, ?)',
  );
  const drop = database.prepare<[string]>('DELETE FROM vault WHERE service = ?');
  return {
    get: (service, accountId) => read.get(service, accountId) ?? null,
    put: (service, accountId, sealed) => void replace.run(service, accountId, sealed),
    delete: (service) => void drop.run(service),
  };
}
