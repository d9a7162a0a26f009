import type Database from 'better-sqlite3';

/** What SQLite can be given for a column. */
export type Value = string | number | null;

/**
 * Prepares putting rows into a table of SQLite, one statement for each: it is asked without a way to go, and a list of values
 * would make a text of its own for each length.
 * @param columns every row has exactly these.
 * @returns puts rows there; answers how many were put there or changed.
 */
export function prepareInsert<Row extends object>(
  database: Database.Database,
  table: string,
  columns: Readonly<Record<keyof Row & string, unknown>>,
  onConflict = '',
): (rows: readonly Row[]) => number {
  const names = Object.keys(columns) as (keyof Row & string)[];
  const marks = names.map(() => '?').join(', ');
  const statement = database.prepare<Value[]>(
    `insert into ${table} (${names.join(', ')}) values (${marks}) ${onConflict}`,
  );
  return (rows) => {
    let changed = 0;
    for (const row of rows) {
      changed += statement.run(...names.map((name) => row[name] as Value)).changes;
    }
    return changed;
  };
}
