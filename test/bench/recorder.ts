import SqliteDatabase from 'better-sqlite3';

/** A value as SQLite takes it. */
export type Value = string | number | bigint | null | Uint8Array;
/** What one call of a statement was given: values in order, or by name. */
export type Parameters = readonly (Value | Readonly<Record<string, Value>>)[];

/** One execution of a statement. */
export interface Execution {
  readonly sql: string;
  readonly parameters: Parameters;
  readonly writes: boolean;
  /** Whether it ran inside a transaction. */
  readonly inTransaction: boolean;
  /** Rows it answered; 0 for a write. */
  readonly rows: number;
}

/** Listens to every database of this process that is opened after it. */
export interface Recorder {
  /** Runs `work` and answers what was executed meanwhile, and when the last transaction ended (`performance.now()`). */
  record<Result>(work: () => Result): {
    readonly result: Result;
    readonly executions: readonly Execution[];
    readonly committedAtMs: number | null;
  };
  /** The database opened last. */
  database(): SqliteDatabase.Database;
}

type Method = (...parameters: Parameters) => unknown;

/**
 * Puts itself between the product and better-sqlite3, so that a benchmark needs to know none of the product's statements:
 * it sees those that are really executed. What it adds to each execution counts against the product.
 */
export function listenToSqlite(): Recorder {
  let heard: Execution[] | null = null;
  let committedAtMs: number | null = null;
  let latest: SqliteDatabase.Database | null = null;
  const prototype = SqliteDatabase.prototype as unknown as {
    prepare: (this: SqliteDatabase.Database, sql: string) => SqliteDatabase.Statement;
    transaction: (this: SqliteDatabase.Database, work: Method) => SqliteDatabase.Transaction;
  };
  const { prepare, transaction } = prototype;

  const listen = (database: SqliteDatabase.Database, statement: SqliteDatabase.Statement): void => {
    latest = database;
    for (const name of ['run', 'get', 'all'] as const) {
      const original: Method = statement[name];
      const listening: Method = (...parameters) => {
        const { inTransaction } = database;
        const answer = original.apply(statement, [...parameters]);
        heard?.push({
          sql: statement.source,
          // A copy: the caller may use the same object for its next call.
          parameters: structuredClone(parameters),
          writes: !statement.readonly,
          inTransaction,
          rows: name === 'run' ? 0 : Array.isArray(answer) ? answer.length : Number(answer != null),
        });
        return answer;
      };
      Object.defineProperty(statement, name, { value: listening });
    }
  };

  prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql);
    listen(this, statement);
    return statement;
  };

  prototype.transaction = function (work) {
    const made = transaction.call(this, work);
    const noting =
      (run: Method): Method =>
      (...parameters) => {
        const answer = run(...parameters);
        if (!this.inTransaction) committedAtMs = performance.now();
        return answer;
      };
    const { immediate, deferred, exclusive } = made as unknown as Record<string, Method>;
    const variants = { immediate, deferred, exclusive };
    const wrapped = Object.entries(variants).map(([name, run]) => [name, run && noting(run)]);
    return Object.assign(noting(made as unknown as Method), Object.fromEntries(wrapped)) as never;
  };

  return {
    record(work) {
      const executions: Execution[] = [];
      committedAtMs = null;
      heard = executions;
      try {
        const result = work();
        return { result, executions, committedAtMs };
      } finally {
        heard = null;
      }
    },
    database() {
      if (!latest) throw new Error('no database was opened');
      return latest;
    },
  };
}
