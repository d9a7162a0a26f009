import {
  evidenceEntrySchema,
  idOf,
  shownTextSchema,
  type EvidenceEntry,
  type ShownText,
} from '../../src-shared/proof/evidence.js';
import { readJson } from './read-json.js';
import type { Database } from './open-database.js';

/** An entry from a file. */
export interface ImportedRow {
  readonly row: number;
  readonly entry: EvidenceEntry;
}

/** History from files: read and shown, and never part of what holds. */
export interface ImportedStore {
  /** Keeps an entry; to be called inside a transaction. @returns whether it was not there before. */
  add(service: string, subject: string, entry: EvidenceEntry): boolean;
  putText(service: string, subject: string, sha256: string, text: ShownText): void;
  /** The newest before the place `before` (null: of all), at most `limit`, newest first. */
  page(service: string, subject: string, before: number | null, limit: number): ImportedRow[];
  text(service: string, subject: string, sha256: string): ShownText | null;
  drop(service: string, subject: string): void;
}

interface Raw {
  readonly row: number;
  readonly body: string;
}

export function createImportedStore(database: Database): ImportedStore {
  const insert = database.prepare<[string, string, string, number, string]>(
    `INSERT INTO imported (service, subject, id, at_ms, body) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const insertText = database.prepare<[string, string, string, string]>(
    'INSERT INTO imported_text VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const page = database.prepare<[string, string, number, number], Raw>(
    `SELECT row, body FROM imported WHERE service = ? AND subject = ? AND row < ?
     ORDER BY row DESC LIMIT ?`,
  );
  const text = database
    .prepare<[string, string, string], string>(
      'SELECT body FROM imported_text WHERE service = ? AND subject = ? AND sha256 = ?',
    )
    .pluck();
  const drops = ['imported', 'imported_text'].map((table) =>
    database.prepare<[string, string]>(`DELETE FROM ${table} WHERE service = ? AND subject = ?`),
  );
  return {
    add(service, subject, entry) {
      const atMs = Date.parse(entry.decision?.at ?? '') || 0;
      const body = JSON.stringify(entry);
      return insert.run(service, subject, idOf(entry), atMs, body).changes > 0;
    },
    putText(service, subject, sha256, shown) {
      insertText.run(service, subject, sha256, JSON.stringify(shown));
    },
    page: (service, subject, before, limit) =>
      page
        .all(service, subject, before ?? Number.MAX_SAFE_INTEGER, limit)
        .flatMap(({ row, body }) => {
          const entry = readJson(evidenceEntrySchema, body);
          return entry ? [{ row, entry }] : [];
        }),
    text(service, subject, sha256) {
      const found = text.get(service, subject, sha256);
      return found === undefined ? null : readJson(shownTextSchema, found);
    },
    drop(service, subject) {
      for (const one of drops) one.run(service, subject);
    },
  };
}
