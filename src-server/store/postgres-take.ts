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
import { batchesOf, withReceipts, type NewBatchRow } from './receipt-batches.js';
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

/** All that is kept and may matter to these entries, in at most five queries however many they are. */
async function find(
  transaction: Transaction<Tables>,
  sender: Sender,
  entries: readonly CheckedEntry[],
): Promise<KeptWithPlaces> {
  const { ids, bareSeqs, chains, superseded } = wantedFor(entries);
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
  const noSignals =
    superseded.length === 0
      ? []
      : await transaction
          .selectFrom('entries')
          .select('id')
          .where(isOneOf('id', superseded, 'text'))
          .where('account_id', '=', sender.accountId)
          .where('decision', 'is not', null)
          .where((entry) =>
            entry.not(
              entry.exists(
                entry
                  .selectFrom('signal_denials')
                  .select('decision_id')
                  .where('account_id', '=', sender.accountId)
                  .whereRef('decision_id', '=', 'entries.id'),
              ),
            ),
          )
          .execute();
  const numbers = batchesOf([...sameId, ...sameSeq]);
  const batches =
    numbers.length === 0
      ? []
      : await transaction
          .selectFrom('receipt_batches')
          .select(['batch', 'jws', 'leaves'])
          .where(isOneOf('batch', numbers, 'bigint'))
          .execute();
  return keptFrom(
    sender,
    withReceipts(sameId, batches),
    withReceipts(sameSeq, batches),
    rows,
    noSignals,
  );
}

async function write(transaction: Transaction<Tables>, rows: NewRows): Promise<void> {
  if (rows.replaced.length > 0) {
    await transaction
      .deleteFrom('entries')
      .where(isOneOf('id', rows.replaced, 'text'))
      .execute();
    await insertMany(transaction, 'left_places', LEFT_PLACE_COLUMNS, rows.left);
    for (const batch of rows.leftBatches) await leaveBatch(transaction, batch);
  }
  const batch = rows.batch && (await putBatch(transaction, rows.batch));
  await insertMany(transaction, 'entries', ENTRY_COLUMNS, rows.entries(batch));
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

async function putBatch(transaction: Transaction<Tables>, row: NewBatchRow): Promise<number> {
  const { batch } = await transaction
    .insertInto('receipt_batches')
    .values(row)
    .returning('batch')
    .executeTakeFirstOrThrow();
  return batch;
}

async function leaveBatch(transaction: Transaction<Tables>, batch: number): Promise<void> {
  await transaction
    .updateTable('receipt_batches')
    .set((row) => ({ members: row('members', '-', 1) }))
    .where('batch', '=', batch)
    .execute();
  await transaction
    .deleteFrom('receipt_batches')
    .where('batch', '=', batch)
    .where('members', '<=', 0)
    .execute();
}
