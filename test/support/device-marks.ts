import path from 'node:path';
import Database from 'better-sqlite3';

/** Everything in a profile that belongs to somebody's use of one service and to nothing else: ids that are found nowhere else. */
export function deviceMarks(profileFolder: string, service: string): string[] {
  const database = new Database(path.join(profileFolder, 'sayso.db'), { readonly: true });
  const all = (query: string): string[] =>
    database
      .prepare<[string], string | null>(query)
      .pluck()
      .all(service)
      .filter((value): value is string => typeof value === 'string' && value.length >= 16);
  try {
    return [
      ...all('SELECT id FROM decision WHERE service = ?'),
      ...all('SELECT device FROM decision WHERE service = ?'),
      ...all('SELECT chain FROM chain WHERE service = ?'),
      ...all('SELECT account_id FROM session WHERE service = ?'),
      ...all('SELECT session_id FROM session WHERE service = ?'),
      ...all('SELECT handle FROM revoke_handle WHERE service = ?'),
      ...all(`SELECT value FROM meta WHERE key = 'device-id/' || ?`),
    ];
  } finally {
    database.close();
  }
}
