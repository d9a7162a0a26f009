import type { Database } from './open-database.js';

/** What one table holds, by its name. */
export interface TableHolding {
  readonly table: string;
  readonly rows: number;
  /** The bytes of the values, without what the file needs around them. */
  readonly bytes: number;
  /** The oldest moment noted in it, milliseconds since 1970; null where it notes none. */
  readonly sinceMs: number | null;
}

/** The columns in which tables note when something came about. */
const MOMENTS = ['at_ms', 'received_at_ms', 'first_at_ms', 'sent_at_ms', 'made_at_ms'];

/**
 * The opt-out signal is about every service, and stays as the person set it; that a keychain has not let go of something
 * stays noted until it has.
 */
const STAYING = ['opt-out-signal', 'token-may-remain'];

/** What the database really holds, read from the database: also of a table that nobody knows. */
export interface HoldingStore {
  /** The tables with rows of a service; of the small facts (`meta`) those named after it. */
  of(service: string): TableHolding[];
  /** Deletes every row about a service but the published policy texts, which are nobody's. Within a transaction. */
  erase(service: string): void;
}

export function createHoldingStore(database: Database): HoldingStore {
  const columnsOf = database.prepare<[], { table: string; column: string }>(
    `SELECT tables.name AS "table", columns.name AS "column"
     FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
     WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' ORDER BY tables.name`,
  );
  const readTables = (): Map<string, string[]> => {
    const tables = new Map<string, string[]>();
    for (const { table, column } of columnsOf.all()) {
      tables.set(table, [...(tables.get(table) ?? []), column]);
    }
    return tables;
  };
  const holding = (
    table: string,
    columns: readonly string[],
    where: string,
    value: string,
  ): TableHolding[] => {
    const bytes = columns.map((column) => `ifnull(length(CAST("${column}" AS BLOB)), 0)`);
    const moment = MOMENTS.find((column) => columns.includes(column));
    const found = database
      .prepare<[string], Omit<TableHolding, 'table'>>(
        `SELECT count(*) AS rows, ifnull(sum(${bytes.join(' + ')}), 0) AS bytes,
           ${moment === undefined ? 'NULL' : `min("${moment}")`} AS sinceMs
         FROM "${table}" WHERE ${where}`,
      )
      .get(value);
    return found && found.rows > 0 ? [{ table, ...found }] : [];
  };
  // Reading every row takes long with a long history, and the page looks often: not again before something was written.
  const writes = database.prepare<[], number>('SELECT total_changes()').pluck();
  const state = (): string =>
    `${String(database.pragma('data_version', { simple: true }))} ${writes.get() ?? 0}`;
  const known = new Map<string, { readonly state: string; readonly held: TableHolding[] }>();
  const ofMeta = `key GLOB '*/' || ?`;
  const keysOf = database.prepare<[string], string>(`SELECT key FROM meta WHERE ${ofMeta}`).pluck();
  const dropMeta = database.prepare<[string]>('DELETE FROM meta WHERE key = ?');
  const read = (service: string): TableHolding[] =>
    [...readTables()].flatMap(([table, columns]) => {
      if (columns.includes('service')) return holding(table, columns, 'service = ?', service);
      return table === 'meta' ? holding(table, columns, ofMeta, service) : [];
    });
  return {
    of(service) {
      const now = state();
      const before = known.get(service);
      if (before?.state === now) return before.held;
      const held = read(service);
      known.set(service, { state: now, held });
      return held;
    },
    erase(service) {
      for (const [table, columns] of readTables()) {
        if (!columns.includes('service') || table === 'policy_text') continue;
        database.prepare<[string]>(`DELETE FROM "${table}" WHERE service = ?`).run(service);
      }
      for (const key of keysOf.all(service)) {
        if (!STAYING.some((what) => key === `${what}/${service}`)) dropMeta.run(key);
      }
    },
  };
}
