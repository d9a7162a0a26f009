import type { Database } from './open-database.js';
import { seenIn, type PolicyTextRow, type RowReaders, type SeenText } from './seen-texts.js';

/** Prepares reading every policy text of a service. */
export function preparePolicyTextList(
  database: Database,
  read: RowReaders,
): (service: string) => SeenText[] {
  const list = database.prepare<[string], PolicyTextRow>(
    `SELECT version, lang, sha256, body FROM policy_text WHERE service = ?
     ORDER BY version, lang, sha256`,
  );
  return (service) => seenIn(list.all(service), read);
}
