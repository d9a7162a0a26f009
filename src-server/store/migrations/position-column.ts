import type { CreateTableBuilder } from 'kysely';
import type { DatabaseKind } from '../kind.js';

/**
 * A table's order of arrival, as its primary key. A number is never handed out twice, also not after a deletion, which a
 * cursor relies on: that is what AUTOINCREMENT adds in SQLite, and what an identity does in PostgreSQL. Writers of one account
 * stand in line for it (see `take`), so within an account the numbers are in the order of the commits.
 */
export function withPosition<Table extends string, Columns extends string>(
  table: CreateTableBuilder<Table, Columns>,
  kind: DatabaseKind,
): CreateTableBuilder<Table, Columns | 'position'> {
  return kind === 'sqlite'
    ? table.addColumn('position', 'integer', (column) => column.primaryKey().autoIncrement())
    : table.addColumn('position', 'bigint', (column) =>
        column.primaryKey().generatedByDefaultAsIdentity(),
      );
}
