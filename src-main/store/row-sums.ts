import type { Database } from './open-database.js';
import { createWordSum, digestOfRow } from './word-sum.js';

/**
 * A part of a row that is summed by itself, so that a change of a few columns does not have the whole row hashed again: what
 * a server adds to a decision comes later than what was said. Each part begins with the columns that say whose it is.
 */
interface Part {
  readonly table: string;
  /** What sets this part apart from every other. */
  readonly name: string;
  readonly columns: readonly string[];
  /** As SQL about a row: where it does not hold there is nothing to be summed. */
  readonly isThere: ((row: string) => string) | null;
}

/**
 * The tables that grow with the history. Reading them whole at each commit would take longer and longer. What is superseded
 * is not among them: the whole check works it out from the decisions anyway.
 */
const TABLES = ['decision', 'receipt', 'receipt_batch', 'outbox', 'parting'];
/** What is noted of a decision when the server has taken it. */
const RECEIVED = ['received_at_ms', 'receipt_batch', 'receipt_index'];

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
  for (const part of partsOf(database)) followPart(database, part);
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
  for (const { table, name, columns, isThere } of partsOf(database)) {
    const where = isThere === null ? '' : ` WHERE ${isThere(table)}`;
    const rows = database
      .prepare<[], unknown[]>(`SELECT service, ${namesOf(columns)} FROM ${table}${where}`)
      .raw()
      .iterate();
    for (const [service, ...row] of rows) sums.add(String(service), digestOfRow([name, ...row]), 1);
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

function followPart(database: Database, { table, name, columns, isThere }: Part): void {
  const call = (sign: number, row: 'NEW' | 'OLD'): string =>
    `SELECT sayso_row(${sign}, ${[`${row}.service`, `'${name}'`, ...columns.map((column) => `${row}."${column}"`)].join(', ')})${isThere === null ? '' : ` WHERE ${isThere(row)}`};`;
  const after = (event: string, what: string, body: string): string =>
    `CREATE TEMP TRIGGER "sum ${name} ${event}" AFTER ${event} ${what} ON main.${table} BEGIN ${body} END;`;
  database.exec(after('INSERT', '', call(1, 'NEW')));
  database.exec(
    after('UPDATE', `OF service, ${namesOf(columns)}`, call(-1, 'OLD') + call(1, 'NEW')),
  );
  database.exec(after('DELETE', '', call(-1, 'OLD')));
}

function partsOf(database: Database): Part[] {
  return TABLES.flatMap((table): Part[] => {
    const columns = columnsOf(database, table);
    if (table !== 'decision') return [{ table, name: table, columns, isThere: null }];
    const said = columns.filter((column) => !RECEIVED.includes(column));
    const isThere = (row: string): string =>
      RECEIVED.map((column) => `${row}."${column}" IS NOT NULL`).join(' OR ');
    return [
      { table, name: table, columns: said, isThere: null },
      { table, name: 'received', columns: ['id', 'service', ...RECEIVED], isThere },
    ];
  });
}

function namesOf(columns: readonly string[]): string {
  return columns.map((name) => `"${name}"`).join(', ');
}

/** Every column, as the file has them. */
function columnsOf(database: Database, table: string): string[] {
  return database
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?) ORDER BY cid')
    .pluck()
    .all(table);
}
