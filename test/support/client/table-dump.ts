import Database from 'better-sqlite3';

/**
 * Everything that some tables of a database file hold, as text in an order of its own, so that two files can be compared
 * whatever the order in which they were written.
 */
export function dumpTables(file: string, tables: readonly string[]): string {
  const database = new Database(file, { readonly: true });
  try {
    return tables
      .flatMap((table) => {
        const rows = database.prepare(`SELECT * FROM ${table}`).all();
        return [`== ${table}`, ...rows.map((row) => JSON.stringify(row)).toSorted()];
      })
      .join('\n');
  } finally {
    database.close();
  }
}
