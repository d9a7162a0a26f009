import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Lists of values make a text of their own per length, so the number of texts has to be bounded. */
const MOST_STATEMENTS = 200;

/**
 * A database that prepares each text once: the query builder asks for the same few texts with every call, and preparing
 * one costs more than running it. A statement is free again as soon as it has run, since runs are synchronous.
 */
export function withStatementCache(database: SqliteDatabase): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(asked) {
      // Every transaction here writes. Asking for the right to at once keeps it from having to begin again when another
      // process has written after its first reading.
      const sql = asked === 'begin' ? 'begin immediate' : asked;
      const statement = statements.get(sql) ?? database.prepare(sql);
      // Put back at the end, so that the first one is the one not used for longest.
      statements.delete(sql);
      statements.set(sql, statement);
      const [oldest] = statements.keys();
      if (statements.size > MOST_STATEMENTS && oldest !== undefined) statements.delete(oldest);
      return statement;
    },
    close: () => database.close(),
  };
}
