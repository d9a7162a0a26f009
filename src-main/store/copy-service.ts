import { SqliteDatabase } from './sqlite.js';
import type { Database } from './open-database.js';

/**
 * Writes what is kept of one service to a database of its own. Of the other services nothing goes along: their accounts
 * may be signed out later, and then nothing of them is to be left anywhere.
 * @param target path of a file that does not exist yet.
 */
export function copyServiceTo(database: Database, service: string, target: string): void {
  database.prepare('VACUUM INTO ?').run(target);
  const copy = new SqliteDatabase(target);
  try {
    const withService = copy
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table'
         AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_schema.name) WHERE name = 'service')`,
      )
      .pluck()
      .all();
    for (const table of withService)
      copy.prepare(`DELETE FROM ${table} WHERE service <> ?`).run(service);
    // What tools have kept goes when their consent goes, so that no copy of it may stay anywhere.
    copy.exec(
      'DELETE FROM meta; DELETE FROM parting; DELETE FROM tool_data; DELETE FROM tool_batch',
    );
    // What was deleted is not to be found in free pages either.
    copy.exec('VACUUM');
  } finally {
    copy.close();
  }
}

/** Whether a file is such a copy of this very service: a whole database that was put aside holds others too, and is none. */
export function isCopyOfService(file: string, service: string): boolean {
  let copy: Database | null = null;
  try {
    copy = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
    const facts = copy.prepare<[], number>('SELECT count(*) FROM meta').pluck().get();
    const services = copy
      .prepare<[], string>(
        'SELECT service FROM decision UNION SELECT service FROM chain UNION SELECT service FROM policy_text',
      )
      .pluck()
      .all();
    return facts === 0 && services.length === 1 && services[0] === service;
  } catch {
    return false;
  } finally {
    copy?.close();
  }
}
