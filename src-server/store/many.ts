import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { DatabaseKind } from './kind.js';
import type { Tables } from './tables.js';

/** How a column's values are stored. */
export type ColumnType = 'text' | 'bigint';

/**
 * Puts any number of rows into a table by one statement whose text is always the same: the rows go as one JSON text. A list
 * of values makes a text of its own for each length, and building and reading one for 500 rows took ten times as long as
 * writing them.
 * @param columns the columns and their types; every row has exactly these.
 * @param onConflict whether rows whose key is taken are left out.
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
  const json = JSON.stringify(rows.map((row) => names.map((name) => row[name])));
  const values = names.map((name, index) => {
    const type = sql.raw(columns[name]);
    return sql`cast(value ->> ${sql.lit(index)} as ${type})`;
  });
  const conflict = ignoreTaken ? sql` on conflict do nothing` : sql``;
  await sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
    select ${sql.join(values)} from ${elementsOf(kind, json)} order by nth${conflict}`.execute(
    transaction,
  );
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

/** The elements of a JSON array as rows with `value` and their number `nth`. */
function elementsOf(kind: DatabaseKind, json: string): RawBuilder<unknown> {
  return kind === 'sqlite'
    ? sql`(select value, key as nth from json_each(${json})) where true`
    : sql`json_array_elements(${json}::json) with ordinality as element(value, nth)`;
}
