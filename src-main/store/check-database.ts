import { SqliteDatabase } from './sqlite.js';
import { deviceKeySchema, type PublicKey } from '../../src-shared/ledger/keys.js';
import type { Remains } from '../../src-shared/ledger/entry.js';
import { createSignatureCheck, sha256 } from '../crypto/index.js';
import { createChainFollower, decisionOf, findingInRow, type Finding } from './check/entries.js';
import { findingInReceipts } from './check/receipts.js';
import { createRegisterCheck } from './check/register.js';
import type { DecisionRow } from './check/rows.js';
import { endsFinding, outboxFinding, receivedFinding, registerFinding } from './check/tables.js';
import { openFailureOf, type Database } from './open-database.js';
import { servicesWithOtherRows } from './row-sums.js';

/** What the check of a whole database came to. */
export interface DatabaseReport {
  /** What is not as it was written, by service; a service that is not named is sound. */
  readonly findings: Readonly<Record<string, Finding>>;
  /** Set where the file itself is damaged: then nothing in it can be believed. */
  readonly unreadable: Finding | null;
  /** Set where the check could not be carried out, which says nothing about the file: why. */
  readonly prevented?: string;
  readonly entries: number;
}

/**
 * Checks every byte that matters: SQLite's own structure, every entry and signature, that the effective state is what the
 * decisions come to, every receipt, that nothing unsent has dropped out of the outbox, and what was noted beside them. Costs as much as the history
 * is long, so it runs beside the app, on a connection of its own.
 * @param file path of `sayso.db`.
 */
export async function checkDatabase(file: string): Promise<DatabaseReport> {
  let database: Database | undefined;
  try {
    database = new SqliteDatabase(file, { readonly: true, timeout: 5000 });
    const damaged = database.pragma('integrity_check(1)', { simple: true });
    if (damaged !== 'ok') return { findings: {}, unreadable: String(damaged), entries: 0 };
    // One moment for all the queries: the app goes on writing meanwhile.
    database.exec('BEGIN');
    const findings: Record<string, Finding> = {};
    let entries = 0;
    for (const service of servicesIn(database)) {
      const checked = await checkService(database, service);
      entries += checked.entries;
      if (checked.finding !== null) findings[service] = checked.finding;
    }
    for (const service of servicesWithOtherRows(database)) {
      findings[service] ??= 'its rows are not those that were written';
    }
    return { findings, unreadable: null, entries };
  } catch (error) {
    const isDamaged = openFailureOf(error).code === 'broken';
    const report = { findings: {}, unreadable: isDamaged ? String(error) : null, entries: 0 };
    return isDamaged ? report : { ...report, prevented: String(error) };
  } finally {
    database?.close();
  }
}

async function checkService(
  database: Database,
  service: string,
): Promise<{ readonly entries: number; readonly finding: Finding | null }> {
  try {
    const { entries, finding } = checkEntries(database, service);
    const rest =
      finding ??
      receivedFinding(database, service) ??
      outboxFinding(database, service) ??
      (await findingInReceipts(database, service));
    return { entries, finding: rest };
  } catch (error) {
    if (error instanceof SqliteDatabase.SqliteError) throw error;
    // A value of a kind that is never written: a rule stumbled over it.
    return { entries: 0, finding: String(error) };
  }
}

function servicesIn(database: Database): string[] {
  return database
    .prepare<[], string>(
      `SELECT service FROM decision UNION SELECT service FROM head UNION SELECT service FROM receipt
       UNION SELECT service FROM superseded UNION SELECT service FROM outbox
       UNION SELECT service FROM received ORDER BY service`,
    )
    .pluck()
    .all();
}

function checkEntries(
  database: Database,
  service: string,
): { readonly entries: number; readonly finding: Finding | null } {
  const own = new Set(
    database
      .prepare<[string], string>('SELECT device FROM chain WHERE service = ?')
      .pluck()
      .all(service),
  );
  const crypto = { sha256, isSigned: createSignatureCheck(keysOf(database, service)) };
  const follow = createChainFollower(crypto, own);
  const registers = new Map<string, ReturnType<typeof createRegisterCheck>>();
  const refused = new Set(
    database
      .prepare<[string], string>(
        `SELECT decision_id FROM outbox WHERE service = ? AND state = 'refused'`,
      )
      .pluck()
      .all(service),
  );
  let entries = 0;
  const rows = database
    .prepare<[string], DecisionRow>(
      'SELECT * FROM decision WHERE service = ? ORDER BY chain, seq, row',
    )
    .iterate(service);
  for (const row of rows) {
    entries += 1;
    const decision = decisionOf(row);
    const finding = follow.next(row) ?? findingInRow(row, decision);
    if (finding !== null) return { entries, finding };
    const register = registers.get(row.subject) ?? createRegisterCheck();
    registers.set(row.subject, register);
    if (decision) register.addDecision(decision, refused.has(row.id));
    else if (row.remains !== null) register.addRemains(JSON.parse(row.remains) as Remains);
  }
  return {
    entries,
    finding:
      follow.end() ??
      registerFinding(database, service, registers) ??
      endsFinding(database, service),
  };
}

function keysOf(database: Database, service: string): Map<string, PublicKey> {
  const rows = database
    .prepare<[string], string>(`SELECT jwk FROM public_key WHERE service = ? AND device <> ''`)
    .pluck()
    .all(service);
  return new Map(
    rows.flatMap((jwk) => {
      const parsed = deviceKeySchema.safeParse(JSON.parse(jwk));
      return parsed.success ? [[parsed.data.kid, parsed.data]] : [];
    }),
  );
}
