import type { Database } from './open-database.js';
import { createWordSum, digestOfRow } from './word-sum.js';

/**
 * The tables that grow with the history. Reading them whole at each commit would take longer and longer. What is superseded
 * is not among them: the whole check works it out from the decisions anyway.
 */
const TABLES = ['decision', 'received', 'receipt', 'receipt_batch', 'outbox', 'parting'];
/**
 * What is not summed of a table: beside which decision the word of its receipt stands. That once stood in the decision's own
 * row, and sums made then are to hold; the whole check looks whether it stands beside the right one.
 */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = { received: ['row'] };

/**
 * A sum of the digests of every row of a service in the tables that grow, kept up to date row by row. Unlike a chain it also
 * covers what was noted beside a decision (received, sent, made here) and the decisions of clients that keep no chain.
 * It finds damage; it is no seal against somebody who means to deceive, since it needs no secret.
 */
export interface RowSums {
  /** Adds what was written since the last call to the kept sums; inside the transaction that wrote it. */
  keep(): void;
  /** Forgets what was written: the transaction came to nothing. */
  forget(): void;
  /** The kept sums with the services they are of, in the order of the services. */
  kept(): readonly (readonly [service: string, sum: string])[];
  /** Begins anew with a service that has no rows left: what was damaged before does not have to add up any more. */
  beginAnew(service: string): void;
}

/**
 * Follows every write of this connection by triggers of its own, which stand in no file. A program that writes past them
 * leaves rows that the sums do not know.
 */
export function createRowSums(database: Database): RowSums {
  let changes = createWordSum();
  // `sign` is 1 for a row that is there now and -1 for one that was there before.
  database.function(
    'sayso_row',
    { varargs: true },
    (sign: unknown, service: unknown, ...row: unknown[]) => {
      changes.add(String(service), digestOfRow(row), Number(sign));
      return null;
    },
  );
  for (const table of TABLES) follow(database, table);
  const all = database
    .prepare<[], [string, string]>(`SELECT service, digest FROM seal WHERE service <> ''`)
    .raw();
  const write = database.prepare<[string, string]>(
    'INSERT INTO seal VALUES (?, ?) ON CONFLICT DO UPDATE SET digest = excluded.digest',
  );
  const drop = database.prepare<[string]>('DELETE FROM seal WHERE service = ?');
  /** As in the file, for nobody else writes them; null: to be read again. */
  let known: Map<string, string> | null = null;
  const sums = (): Map<string, string> => (known ??= new Map(all.all()));
  return {
    keep() {
      for (const service of changes.names()) {
        const sum = changes.onTopOf(service, sums().get(service));
        // One that cannot be read stays so: whatever would be put in its place would look sound.
        if (sum === null) continue;
        write.run(service, sum);
        sums().set(service, sum);
      }
      changes = createWordSum();
    },
    forget() {
      changes = createWordSum();
      known = null;
    },
    kept: () => [...sums()].toSorted(([one], [other]) => (one < other ? -1 : 1)),
    beginAnew(service) {
      changes.drop(service);
      drop.run(service);
      known = null;
    },
  };
}

/** The services whose rows are not those that were written, or are not there any more. Reads every row. */
export function servicesWithOtherRows(database: Database): string[] {
  const sums = createWordSum();
  for (const table of TABLES) {
    const rows = database
      .prepare<[], unknown[]>(
        `SELECT service, ${namesOf(columnsOf(database, table))} FROM ${table}`,
      )
      .raw()
      .iterate();
    for (const [service, ...row] of rows)
      sums.add(String(service), digestOfRow([table, ...row]), 1);
  }
  const kept = new Map(
    database
      .prepare<[], [string, string]>(`SELECT service, digest FROM seal WHERE service <> ''`)
      .raw()
      .all(),
  );
  const services = new Set([...sums.names(), ...kept.keys()]);
  const nothing = sums.onTopOf('', undefined);
  return [...services].filter(
    (service) => (kept.get(service) ?? nothing) !== sums.onTopOf(service, undefined),
  );
}

function follow(database: Database, table: string): void {
  const columns = columnsOf(database, table);
  const call = (sign: number, row: 'NEW' | 'OLD'): string =>
    `SELECT sayso_row(${sign}, ${[`${row}.service`, `'${table}'`, ...columns.map((column) => `${row}."${column}"`)].join(', ')});`;
  const after = (event: string, what: string, body: string): string =>
    `CREATE TEMP TRIGGER "sum ${table} ${event}" AFTER ${event} ${what} ON main.${table} BEGIN ${body} END;`;
  database.exec(after('INSERT', '', call(1, 'NEW')));
  database.exec(after('UPDATE', `OF ${namesOf(columns)}`, call(-1, 'OLD') + call(1, 'NEW')));
  database.exec(after('DELETE', '', call(-1, 'OLD')));
}

function namesOf(columns: readonly string[]): string {
  return columns.map((name) => `"${name}"`).join(', ');
}

/** The columns that are summed, as the file has them; `service` is one of them. */
function columnsOf(database: Database, table: string): string[] {
  return database
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?) ORDER BY cid')
    .pluck()
    .all(table)
    .filter((column) => LEFT_OUT[table]?.includes(column) !== true);
}
