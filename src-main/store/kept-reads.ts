import type { Database } from './open-database.js';

/**
 * What was read of small tables, kept in memory until something of them is written. This process is the only one that writes
 * them, and it does so through this one connection; what another program writes meanwhile is not taken over, and the seal,
 * made of what is kept here, then shows it at the next start.
 */
export interface KeptReads {
  /** @returns what `read` answers; it is asked again only where a row of the table was written since. */
  of<Value>(table: KeptTable, read: () => Value): () => Value;
  /** A transaction came to nothing: what was read inside it may never have been. */
  forget(): void;
}

/** The tables whose rows may be kept: their size does not grow with the number of decisions. */
export const KEPT_TABLES = [
  'chain',
  'session',
  'acknowledgement',
  'public_key',
  'revoke_handle',
  'meta',
  'policy_text',
] as const;
export type KeptTable = (typeof KEPT_TABLES)[number];

/** Follows the writes of this connection by triggers of its own, which stand in no file. */
export function createKeptReads(database: Database): KeptReads {
  const writes = new Map<string, number>();
  const written = (table: string): void => void writes.set(table, (writes.get(table) ?? 0) + 1);
  database.function('sayso_written', (table: unknown) => {
    written(String(table));
    return null;
  });
  const triggers = KEPT_TABLES.flatMap((table) =>
    ['INSERT', 'UPDATE', 'DELETE'].map(
      (event) =>
        `CREATE TEMP TRIGGER "kept ${table} ${event}" AFTER ${event} ON main.${table} BEGIN SELECT sayso_written('${table}'); END;`,
    ),
  );
  database.exec(triggers.join('\n'));
  return {
    of<Value>(table: KeptTable, read: () => Value) {
      let kept: { readonly at: number; readonly value: Value } | null = null;
      return () => {
        const at = writes.get(table) ?? 0;
        if (kept?.at !== at) kept = { at, value: read() };
        return kept.value;
      };
    },
    forget() {
      for (const table of KEPT_TABLES) written(table);
    },
  };
}
