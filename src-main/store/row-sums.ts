import { hash } from 'node:crypto';
import type { Database } from './open-database.js';

/**
 * The tables that grow with the history. Reading them whole at each commit would take longer and longer. What is superseded
 * is not among them: the whole check works it out from the decisions anyway.
 */
const TABLES = ['decision', 'receipt', 'outbox', 'parting'];
/** Sums are taken modulo 2 to the power of 256, the length of a SHA-256. */
const MODULUS = 1n << 256n;

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
  /** Begins anew with a service that has no rows left: what was damaged before does not have to add up any more. */
  beginAnew(service: string): void;
}

/**
 * Follows every write of this connection by triggers of its own, which stand in no file. A program that writes past them
 * leaves rows that the sums do not know.
 */
export function createRowSums(database: Database): RowSums {
  let changes = new Map<string, bigint>();
  // `sign` is 1 for a row that is there now and -1 for one that was there before.
  database.function(
    'sayso_row',
    { varargs: true },
    (sign: unknown, service: unknown, ...row: unknown[]) => {
      const before = changes.get(String(service)) ?? 0n;
      changes.set(String(service), before + BigInt(Number(sign)) * numberOf(row));
      return null;
    },
  );
  for (const table of TABLES) {
    const columns = columnsOf(database, table);
    const call = (sign: number, row: 'NEW' | 'OLD'): string =>
      `SELECT sayso_row(${sign}, ${[`${row}.service`, `'${table}'`, ...columns.map((name) => `${row}."${name}"`)].join(', ')});`;
    const after = (event: string, body: string): string =>
      `CREATE TEMP TRIGGER sum_${table}_${event} AFTER ${event} ON main.${table} BEGIN ${body} END;`;
    database.exec(after('INSERT', call(1, 'NEW')));
    database.exec(after('UPDATE', call(-1, 'OLD') + call(1, 'NEW')));
    database.exec(after('DELETE', call(-1, 'OLD')));
  }
  const read = database
    .prepare<[string], string>('SELECT digest FROM seal WHERE service = ?')
    .pluck();
  const write = database.prepare<[string, string]>(
    'INSERT INTO seal VALUES (?, ?) ON CONFLICT DO UPDATE SET digest = excluded.digest',
  );
  const drop = database.prepare<[string]>('DELETE FROM seal WHERE service = ?');
  return {
    keep() {
      for (const [service, change] of changes) {
        const kept = sumOf(read.get(service));
        // One that cannot be read stays so: whatever would be put in its place would look sound.
        if (kept !== null) write.run(service, textOf(kept + change));
      }
      changes = new Map();
    },
    forget() {
      changes = new Map();
    },
    beginAnew(service) {
      changes.delete(service);
      drop.run(service);
    },
  };
}

/** The services whose rows are not those that were written, or are not there any more. Reads every row. */
export function servicesWithOtherRows(database: Database): string[] {
  const sums = new Map<string, bigint>();
  for (const table of TABLES) {
    const columns = columnsOf(database, table);
    const rows = database
      .prepare<[], unknown[]>(
        `SELECT service, ${columns.map((name) => `"${name}"`).join(', ')} FROM ${table}`,
      )
      .raw()
      .iterate();
    for (const [service, ...row] of rows) {
      sums.set(String(service), (sums.get(String(service)) ?? 0n) + numberOf([table, ...row]));
    }
  }
  const kept = new Map(
    database
      .prepare<[], [string, string]>(`SELECT service, digest FROM seal WHERE service <> ''`)
      .raw()
      .all(),
  );
  const services = new Set([...sums.keys(), ...kept.keys()]);
  return [...services].filter(
    (service) => (kept.get(service) ?? textOf(0n)) !== textOf(sums.get(service) ?? 0n),
  );
}

/** Every column, as the file has them. */
function columnsOf(database: Database, table: string): string[] {
  return database
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?) ORDER BY cid')
    .pluck()
    .all(table);
}

function numberOf(row: readonly unknown[]): bigint {
  return BigInt(`0x${hash('sha256', JSON.stringify(row), 'hex')}`);
}

function textOf(sum: bigint): string {
  return (((sum % MODULUS) + MODULUS) % MODULUS).toString(16).padStart(64, '0');
}

function sumOf(text: string | undefined): bigint | null {
  if (text === undefined) return 0n;
  return /^[0-9a-f]{64}$/.test(text) ? BigInt(`0x${text}`) : null;
}
