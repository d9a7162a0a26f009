import type { Transaction } from 'kysely';
import type { CheckedEntry } from '../decisions/entry.js';
import {
  CHAIN_COLUMNS,
  DENIAL_COLUMNS,
  ENTRY_COLUMNS,
  LEFT_PLACE_COLUMNS,
  SUPERSESSION_COLUMNS,
} from './columns.js';
import {
  settleDelivery,
  signDelivery,
  type Delivery,
  type KeptWithPlaces,
  type Outcome,
  type Sender,
} from './delivery.js';
import { RaceLostError } from './failures.js';
import { KEPT_COLUMNS, keptFrom, wantedFor } from './kept-rows.js';
import { insertMany, isOneOf } from './many.js';
import { newRowsOf, type NewRows } from './new-rows.js';
import { inUse } from './signing-keys.js';
import { standInLine } from './stand-in-line.js';
import type { Tables } from './tables.js';

/** Takes a delivery on PostgreSQL, inside a transaction. */
export async function takeOnPostgres(
  transaction: Transaction<Tables>,
  delivery: Delivery,
): Promise<readonly Outcome[]> {
  const { sender } = delivery;
  await standInLine(transaction, sender.accountId);
  const entries = delivery.entries.map(({ entry }) => entry);
  const before = await find(transaction, sender, entries);
  const settlement = settleDelivery(delivery, before);
  const key = settlement.leaves.length === 0 ? undefined : await inUse(transaction);
  const taken = signDelivery(delivery, settlement, key);
  const rows = newRowsOf(sender, taken, settlement, before);
  if (rows) await write(transaction, rows);
  return taken.outcomes;
}

/** All that is kept and may matter to these entries, in at most three queries however many they are. */
async function find(
  transaction: Transaction<Tables>,
  sender: Sender,
  entries: readonly CheckedEntry[],
): Promise<KeptWithPlaces> {
  const { ids, bareSeqs, chains } = wantedFor(entries);
  const kept = transaction.selectFrom('entries').select(KEPT_COLUMNS);
  const sameId = await kept.where(isOneOf('id', ids, 'text')).execute();
  const sameSeq =
    bareSeqs.length === 0
      ? []
      : await kept
          .where('account_id', '=', sender.accountId)
          .where('device_id', '=', sender.deviceId)
          .where('chain', 'is', null)
          .where(isOneOf('seq', bareSeqs, 'bigint'))
          .execute();
  const rows =
    chains.length === 0
      ? []
      : await transaction
          .selectFrom('chains')
          .selectAll()
          .where(isOneOf('chain', chains, 'text'))
          .execute();
  return keptFrom(sender, sameId, sameSeq, rows);
}

async function write(transaction: Transaction<Tables>, rows: NewRows): Promise<void> {
  if (rows.replaced.length > 0) {
    await transaction
      .deleteFrom('entries')
      .where(isOneOf('id', rows.replaced, 'text'))
      .execute();
    await insertMany(transaction, 'left_places', LEFT_PLACE_COLUMNS, rows.left);
  }
  await insertMany(transaction, 'entries', ENTRY_COLUMNS, rows.entries);
  const grown = await insertMany(
    transaction,
    'chains',
    CHAIN_COLUMNS,
    rows.chains,
    `on conflict (chain) do update set last_seq = excluded.last_seq, last_hash = excluded.last_hash
      where chains.account_id = excluded.account_id and chains.device_id = excluded.device_id`,
  );
  // A chain that somebody else began since it was looked for stays theirs: this has to look again.
  if (grown !== rows.chains.length) throw new RaceLostError('a chain was taken');
  const orNot = 'on conflict do nothing';
  await insertMany(transaction, 'supersessions', SUPERSESSION_COLUMNS, rows.supersessions, orNot);
  await insertMany(transaction, 'signal_denials', DENIAL_COLUMNS, rows.denials, orNot);
}
