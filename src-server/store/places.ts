import type { Kysely } from 'kysely';
import { placeOf, type Place } from '../decisions/cursor.js';
import { batchesOf, withReceipts } from './receipt-batches.js';
import type { EntriesTable, Tables } from './tables.js';

/** An entry as it is read for a pull. */
export type EntryRow = Readonly<Omit<EntriesTable, 'position'>> & { readonly position: number };

/**
 * An account's entries after a place, in order of arrival, at most `limit`. The place itself is read along, which proves at
 * no cost that it is one of this very history.
 * @param after null to begin at the start.
 * @returns `expired` when nothing ever stood there, as after a restore of the database.
 */
export async function entriesAfter(
  db: Kysely<Tables>,
  accountId: string,
  after: Place | null,
  limit: number,
): Promise<readonly EntryRow[] | 'expired'> {
  const from = after?.position ?? 0;
  const rows = await rowsFrom(db, accountId, from, after === null ? limit : limit + 1);
  if (after === null) return rows;
  const [first, ...others] = rows;
  if (first?.position === after.position) {
    return placeOf(first).mark === after.mark ? others : 'expired';
  }
  return (await wasLeft(db, accountId, after)) ? rows.slice(0, limit) : 'expired';
}

/** Most times that rows are read again because one of them was replaced before its receipt was read. */
const MOST_READINGS = 10;

/** An account's entries from a position on, each with its receipt. */
async function rowsFrom(
  db: Kysely<Tables>,
  accountId: string,
  position: number,
  limit: number,
): Promise<readonly EntryRow[]> {
  for (let reading = 1; ; reading += 1) {
    const rows = await db
      .selectFrom('entries')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('position', '>=', position)
      .orderBy('position')
      .limit(limit)
      .execute();
    const numbers = batchesOf(rows);
    if (numbers.length === 0) return rows;
    const batches = await db
      .selectFrom('receipt_batches')
      .select(['batch', 'jws', 'leaves'])
      .where('batch', 'in', numbers)
      .execute();
    const whole = withReceipts(rows, batches);
    if (whole.length === rows.length || reading >= MOST_READINGS) return whole;
  }
}

/** The newest place of each of these accounts; those with nothing are left out. */
export async function newestPlaces(
  db: Kysely<Tables>,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Place>> {
  if (accountIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .innerJoin('entries', 'entries.account_id', 'accounts.id')
    .select(['entries.account_id', 'entries.id', 'entries.position', 'entries.received_at_ms'])
    .where('accounts.id', 'in', [...accountIds])
    // One step into the index per account, however long its history is; "group by" would read all of it.
    .whereRef('entries.position', '=', (expression) =>
      expression
        .selectFrom('entries as newest')
        .select(({ fn }) => fn.max('newest.position').as('position'))
        .whereRef('newest.account_id', '=', 'accounts.id'),
    )
    .execute();
  return new Map(rows.map((row) => [row.account_id, placeOf(row)]));
}

async function wasLeft(db: Kysely<Tables>, accountId: string, place: Place): Promise<boolean> {
  const left = await db
    .selectFrom('left_places')
    .select('mark')
    .where('account_id', '=', accountId)
    .where('position', '=', place.position)
    .executeTakeFirst();
  return left?.mark === place.mark;
}
