import { CompiledQuery, sql, type RawBuilder, type Transaction } from 'kysely';
import type { ColumnType } from './columns.js';
import type { Tables } from './tables.js';

/**
 * Puts any number of rows into a table of PostgreSQL by a statement whose text is always the same, all rows at once as one JSON
 * text: a list of values would make a text of its own for each length, and building and reading one for 500 rows takes far
 * longer than writing them.
 * @param columns the columns and their types; every row has exactly these.
 * @param onConflict what becomes of rows whose key is taken; left out, that is an error.
 * @returns how many rows were put there or changed.
 */
export async function insertMany<Column extends string>(
  transaction: Transaction<Tables>,
  table: keyof Tables,
  columns: Readonly<Record<Column, ColumnType>>,
  rows: readonly Readonly<Record<Column, string | number | null>>[],
  onConflict = '',
): Promise<number> {
  if (rows.length === 0) return 0;
  const names = Object.keys(columns) as Column[];
  const values = names.map((name, index) => `cast(value ->> ${index} as ${columns[name]})`);
  const text = `insert into ${table} (${names.join(', ')}) select ${values.join(', ')}
    from json_array_elements($1::json) with ordinality as element(value, nth)
    order by nth ${onConflict}`;
  const json = JSON.stringify(rows.map((row) => names.map((name) => row[name])));
  const done = await transaction.executeQuery(CompiledQuery.raw(text, [json]));
  return Number(done.numAffectedRows ?? 0n);
}

/** The condition that a column of PostgreSQL has one of these values, its text the same however many there are. */
export function isOneOf(
  column: string,
  values: readonly (string | number)[],
  type: ColumnType,
): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} = any(${[...values]}::${sql.raw(type)}[])`;
}
