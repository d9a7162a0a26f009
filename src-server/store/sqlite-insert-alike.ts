import type Database from 'better-sqlite3';
import { prepareInsert, type Value } from './sqlite-insert.js';

/** Rows in one statement: more make it no quicker. */
const AT_ONCE = 25;

/**
 * Prepares putting rows into a table of SQLite of which many may be alike in most of their columns, as the entries of one
 * request are. So many at a time as make a statement are put there at once, with what they share given once, because handing
 * a value over takes longer than writing it; the others one by one. Their order is kept.
 * @param columns every row has exactly these.
 * @param alike those of them that rows mostly share.
 */
export function prepareInsertAlike<Row extends object>(
  database: Database.Database,
  table: string,
  columns: Readonly<Record<keyof Row & string, unknown>>,
  alike: readonly (keyof Row & string)[],
): (rows: readonly Row[]) => void {
  const names = Object.keys(columns) as (keyof Row & string)[];
  const own = names.filter((name) => !alike.includes(name));
  const putOne = prepareInsert<Row>(database, table, columns);
  const marksOf = (_: unknown, row: number): string => {
    const first = alike.length + 1 + row * own.length;
    const marks = names.map((name) => {
      return `?${alike.includes(name) ? alike.indexOf(name) + 1 : first + own.indexOf(name)}`;
    });
    return `(${marks.join(', ')})`;
  };
  const statement = database.prepare<[Record<number, Value>]>(
    `insert into ${table} (${names.join(', ')}) values ${Array.from({ length: AT_ONCE }, marksOf).join(', ')}`,
  );
  const areAlike = (rows: readonly Row[]): boolean => {
    const [first] = rows;
    return rows.every((row) => alike.every((name) => row[name] === first?.[name]));
  };
  const valuesOf = (rows: readonly Row[]): Record<number, Value> => {
    const [first] = rows;
    const values: Record<number, Value> = {};
    let number = 0;
    for (const name of alike) values[(number += 1)] = (first?.[name] ?? null) as Value;
    for (const row of rows) {
      for (const name of own) values[(number += 1)] = row[name] as Value;
    }
    return values;
  };
  return (rows) => {
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const some = rows.slice(from, from + AT_ONCE);
      if (some.length === AT_ONCE && areAlike(some)) statement.run(valuesOf(some));
      else putOne(some);
    }
  };
}
