import { CompiledQuery, sql, type RawBuilder, type Transaction } from 'kysely';
import type { DatabaseKind } from './kind.js';
import type { Tables } from './tables.js';

/** How a column's values are stored. */
export type ColumnType = 'text' | 'bigint';

/**
 * Puts any number of rows into a table by a statement whose text is always the same: a list of values would make a text of its
 * own for each length, and building and reading one for 500 rows takes far longer than writing them. SQLite, which is asked
 * without a way to go, gets it once for each row; PostgreSQL gets all rows at once, as one JSON text.
 * @param columns the columns and their types; every row has exactly these.
 * @param ignoreTaken whether rows whose key is taken are left out.
 */
export async function insertMany<Column extends string>(
  transaction: Transaction<Tables>,
  kind: DatabaseKind,
  table: keyof Tables,
  columns: Readonly<Record<Column, ColumnType>>,
  rows: readonly Readonly<Record<Column, string | number | null>>[],
  { ignoreTaken = false } = {},
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns) as Column[];
  const into = `insert into ${table} (${names.join(', ')})`;
  const conflict = ignoreTaken ? ' on conflict do nothing' : '';
  if (kind === 'sqlite') {
    const text = `${into} values (${names.map(() => '?').join(', ')})${conflict}`;
    for (const row of rows) {
      const values = names.map((name) => row[name]);
      await transaction.executeQuery(CompiledQuery.raw(text, values));
    }
    return;
  }
  const values = names.map((name, index) => `cast(value ->> ${index} as ${columns[name]})`);
  const text = `${into} select ${values.join(', ')}
    from json_array_elements($1::json) with ordinality as element(value, nth)
    order by nth${conflict}`;
  const json = JSON.stringify(rows.map((row) => names.map((name) => row[name])));
  await transaction.executeQuery(CompiledQuery.raw(text, [json]));
}

/** The condition that a column has one of these values, its text the same however many there are. */
export function isOneOf(
  kind: DatabaseKind,
  column: string,
  values: readonly (string | number)[],
  type: ColumnType = 'text',
): RawBuilder<boolean> {
  if (kind === 'sqlite') {
    const json = JSON.stringify(values);
    return sql<boolean>`${sql.ref(column)} in (select value from json_each(${json}))`;
  }
  return sql<boolean>`${sql.ref(column)} = any(${[...values]}::${sql.raw(type)}[])`;
}
