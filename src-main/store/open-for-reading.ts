import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { createAcknowledgementStore } from './acknowledgements.js';
import type { Store } from './index.js';
import { createKeptReads } from './kept-reads.js';
import { createMetaStore } from './meta.js';
import { MIGRATIONS } from './migrations/index.js';
import { createOutboxCounts, type OutboxCounts } from './outbox-counts.js';
import { readProfileMark } from './profile-mark.js';
import { createRegister } from './register.js';
import { createSeal } from './seal.js';
import { createSealedPolicyTexts } from './sealed-policy-texts.js';
import { createSessionStore } from './sessions.js';
import { SqliteDatabase } from './sqlite.js';
import { versionInHeader } from './version-in-header.js';

/** What the first page shows is read from these. */
export interface ReadingStore extends Pick<
  Store,
  'meta' | 'register' | 'acknowledgements' | 'sessions'
> {
  readonly outbox: OutboxCounts;
  readonly policyTexts: Pick<Store['policyTexts'], 'all'>;
  close(): void;
}

/**
 * Opens the database of a profile for reading alone, beside whoever will write to it. Every write fails.
 * @param file path of `sayso.db`.
 * @returns null where something has to be done about it before anything of it may be shown: it is missing, of another schema, or
 *   contradicted by its seal or by the folder's mark.
 */
export function openForReading(file: string): ReadingStore | null {
  if (!existsSync(file)) return null;
  const log = `${file}-wal`;
  const hasLog = existsSync(log) && statSync(log).size > 0;
  // A reader of a file without a log leaves an empty one behind, and one of a newer Sayso is not to be touched at all.
  if (!hasLog && versionInHeader(file) !== MIGRATIONS.length) return null;
  const database = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
  try {
    if (database.pragma('user_version', { simple: true }) !== MIGRATIONS.length) {
      database.close();
      return null;
    }
    const keptReads = createKeptReads(database);
    const seal = createSeal(database, keptReads);
    const mark = readProfileMark(path.dirname(file));
    const meta = createMetaStore(database, keptReads, refuse, null, refuse);
    if (!seal.holds() || mark !== meta.profileId()) {
      database.close();
      return null;
    }
    return {
      meta,
      register: createRegister(database),
      acknowledgements: createAcknowledgementStore(database),
      sessions: createSessionStore(database, keptReads),
      policyTexts: createSealedPolicyTexts(database),
      outbox: createOutboxCounts(database),
      close: () => void database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function refuse(): never {
  throw new Error('nothing is written while the first page is read');
}
