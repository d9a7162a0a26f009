import { copyFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import type { Execution } from './recorder.js';

/** What one transaction executed. */
export type Executed = Pick<Execution, 'sql' | 'parameters' | 'writes'>;

/** A copy of the product's file on which its statements are executed again by better-sqlite3 alone. */
export interface Bare {
  /** Executes the statements as one transaction and answers how long that took, in milliseconds. */
  commit(executed: readonly Executed[]): number;
  close(): void;
}

/**
 * Opens a copy of a file with the settings that decide how durable and how fast a commit is, the same as the product's.
 * @param original a file whose log was written back.
 */
export function openBare(original: string, copy: string): Bare {
  copyFileSync(original, copy);
  const database = new SqliteDatabase(copy);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  const prepared = new Map<string, SqliteDatabase.Statement>();
  const statementOf = (sql: string): SqliteDatabase.Statement => {
    const known = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  const execute = database.transaction((executed: readonly Executed[]) => {
    for (const { sql, parameters } of executed) {
      const statement = statementOf(sql);
      if (statement.reader) statement.all(...parameters);
      else statement.run(...parameters);
    }
  });
  return {
    commit(executed) {
      for (const { sql } of executed) statementOf(sql);
      const startedMs = performance.now();
      execute.immediate(executed);
      return performance.now() - startedMs;
    },
    close: () => void database.close(),
  };
}
