import type Database from 'better-sqlite3';

/** Gives a file the shape it had while what the server added to a decision stood in the decision's own row. */
export function putReceivedIntoDecisions(database: Database.Database): void {
  for (const column of ['received_at_ms', 'receipt_batch', 'receipt_index'])
    database.exec(`ALTER TABLE decision ADD COLUMN ${column} INTEGER`);
  database.exec(
    `UPDATE decision SET (received_at_ms, receipt_batch, receipt_index) =
       (SELECT received_at_ms, receipt_batch, receipt_index FROM received WHERE received.row = decision.row)`,
  );
  database.exec('DROP TABLE received');
}
