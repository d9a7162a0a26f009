import type Database from 'better-sqlite3';

type Value = string | number | null;

/** Statements of SQLite that are prepared once and run at once: building and awaiting each costs more than running it. */
export interface Statements {
  /** Runs `text` with one of its values for each call. */
  readonly all: <Row>(text: string) => (...values: Value[]) => Row[];
  readonly first: <Row>(text: string) => (...values: Value[]) => Row | undefined;
  /** @returns how many rows one run has changed. */
  readonly run: (text: string) => (...values: Value[]) => number;
  /** Puts rows into a table, one statement for each: SQLite is asked without a way to go. @returns how many were put there. */
  readonly insert: <Row extends object>(
    table: string,
    columns: Readonly<Record<keyof Row & string, unknown>>,
    onConflict?: string,
  ) => (rows: readonly Row[]) => number;
}

export function statementsOf(database: Database.Database): Statements {
  const run = (text: string) => {
    const statement = database.prepare<Value[]>(text);
    return (...values: Value[]) => statement.run(...values).changes;
  };
  return {
    all: <Row>(text: string) => {
      const statement = database.prepare<Value[], Row>(text);
      return (...values) => statement.all(...values);
    },
    first: <Row>(text: string) => {
      const statement = database.prepare<Value[], Row>(text);
      return (...values) => statement.get(...values);
    },
    run,
    insert: <Row extends object>(
      table: string,
      columns: Readonly<Record<keyof Row & string, unknown>>,
      onConflict = '',
    ) => {
      const names = Object.keys(columns) as (keyof Row & string)[];
      const marks = names.map(() => '?').join(', ');
      const put = run(`insert into ${table} (${names.join(', ')}) values (${marks}) ${onConflict}`);
      return (rows: readonly Row[]) => {
        let changed = 0;
        for (const row of rows) changed += put(...names.map((name) => row[name] as Value));
        return changed;
      };
    },
  };
}
