import type { Kysely } from 'kysely';
import { placeOf, type Place } from '../decisions/cursor.js';
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
  const rows = await db
    .selectFrom('entries')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('position', '>=', after?.position ?? 0)
    .orderBy('position')
    .limit(after === null ? limit : limit + 1)
    .execute();
  if (after === null) return rows;
  const [first, ...others] = rows;
  if (first?.position === after.position) {
    return placeOf(first).mark === after.mark ? others : 'expired';
  }
  return (await wasLeft(db, accountId, after)) ? rows.slice(0, limit) : 'expired';
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
