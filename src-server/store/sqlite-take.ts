import type Database from 'better-sqlite3';
import type { CheckedEntry } from '../decisions/entry.js';
import type { SigningKey } from '../keys/signing-key.js';
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
import { KEPT_COLUMNS, keptFrom, wantedFor, type KeptRow } from './kept-rows.js';
import { newRowsOf, type NewEntryRow, type NewRows } from './new-rows.js';
import { keyOf } from './signing-keys.js';
import { batchesOf, withReceipts, type BatchRow, type NewBatchRow } from './receipt-batches.js';
import { prepareInsertAlike } from './sqlite-insert-alike.js';
import { prepareInsert } from './sqlite-insert.js';
import type {
  ChainsTable,
  LeftPlacesTable,
  SignalDenialsTable,
  SupersessionsTable,
} from './tables.js';

/** What the entries of one request mostly share: their sender, and that nothing is missing. */
const ALIKE_IN_A_REQUEST = [
  ...(['account_id', 'device_id', 'chain', 'kid', 'remains', 'refused', 'held'] as const),
  ...(['receipt', 'receipt_batch', 'received_at_ms'] as const),
];
const KEPT = `select ${KEPT_COLUMNS.join(', ')} from entries`;
const ANY_OF = 'in (select value from json_each(?))';

/** Takes a delivery on SQLite, inside a transaction, without letting anything else run in between. */
export function takeOnSqlite(
  database: Database.Database,
): (delivery: Delivery) => readonly Outcome[] {
  const find = prepareFind(database);
  const write = prepareWrite(database);
  const keyInUse = database.prepare<[], { kid: string; private_jwk: string }>(
    'select kid, private_jwk from signing_keys where retired_at_ms is null order by created_at_ms desc limit 1',
  );
  const signingKey = (): SigningKey | undefined => {
    const row = keyInUse.get();
    return row && keyOf(row);
  };
  return (delivery) => {
    const { sender } = delivery;
    const before = find(
      sender,
      delivery.entries.map(({ entry }) => entry),
    );
    const settlement = settleDelivery(delivery, before);
    const key = settlement.leaves.length === 0 ? undefined : signingKey();
    const taken = signDelivery(delivery, settlement, key);
    const rows = newRowsOf(sender, taken, settlement, before);
    if (rows) write(rows);
    return taken.outcomes;
  };
}

/** All that is kept and may matter to these entries. */
function prepareFind(database: Database.Database) {
  const oneById = database.prepare<[string], KeptRow>(`${KEPT} where id = ?`);
  const manyById = database.prepare<[string], KeptRow>(`${KEPT} where id ${ANY_OF}`);
  const bareBySeq = database.prepare<[string, string, string], KeptRow>(
    `${KEPT} where account_id = ? and device_id = ? and chain is null and seq ${ANY_OF}`,
  );
  const chainByName = database.prepare<[string], ChainsTable>(
    `select ${Object.keys(CHAIN_COLUMNS).join(', ')} from chains where chain = ?`,
  );
  const byId = (ids: readonly string[]): readonly KeptRow[] => {
    const [id] = ids;
    if (id === undefined || ids.length > 1) return manyById.all(JSON.stringify(ids));
    const row = oneById.get(id);
    return row ? [row] : [];
  };
  // The sign keeps SQLite from reading the whole account in place of a few ids.
  const noSignals = database.prepare<[string, string], { id: string }>(
    `select id from entries where id ${ANY_OF} and +account_id = ? and decision is not null and not exists
      (select 1 from signal_denials where account_id = entries.account_id and decision_id = entries.id)`,
  );
  const batchesByNumber = database.prepare<[string], BatchRow>(
    `select batch, jws, leaves from receipt_batches where batch ${ANY_OF}`,
  );
  const readWhole = (rows: readonly KeptRow[]): readonly KeptRow[] => {
    const numbers = batchesOf(rows);
    if (numbers.length === 0) return rows;
    return withReceipts(rows, batchesByNumber.all(JSON.stringify(numbers)));
  };
  return (sender: Sender, entries: readonly CheckedEntry[]): KeptWithPlaces => {
    const { ids, bareSeqs, chains, superseded } = wantedFor(entries);
    const { accountId, deviceId } = sender;
    const sameSeq =
      bareSeqs.length === 0 ? [] : bareBySeq.all(accountId, deviceId, JSON.stringify(bareSeqs));
    const others =
      superseded.length === 0 ? [] : noSignals.all(JSON.stringify(superseded), accountId);
    const rows = chains.flatMap((chain) => chainByName.get(chain) ?? []);
    return keptFrom(sender, readWhole(byId(ids)), readWhole(sameSeq), rows, others);
  };
}

function prepareWrite(database: Database.Database): (rows: NewRows) => void {
  const dropReplaced = database.prepare<[string]>(`delete from entries where id ${ANY_OF}`);
  const leaveBatch = database.prepare<[number]>(
    'update receipt_batches set members = members - 1 where batch = ?',
  );
  const dropBatch = database.prepare<[number]>(
    'delete from receipt_batches where batch = ? and members <= 0',
  );
  const putBatch = database.prepare<NewBatchRow>(
    `insert into receipt_batches (account_id, jws, leaves, members)
      values (@account_id, @jws, @leaves, @members)`,
  );
  const putLeft = prepareInsert<LeftPlacesTable>(database, 'left_places', LEFT_PLACE_COLUMNS);
  const putEntries = prepareInsertAlike<NewEntryRow>(
    database,
    'entries',
    ENTRY_COLUMNS,
    ALIKE_IN_A_REQUEST,
  );
  const putChains = prepareInsert<ChainsTable>(
    database,
    'chains',
    CHAIN_COLUMNS,
    `on conflict (chain) do update set last_seq = excluded.last_seq, last_hash = excluded.last_hash
      where chains.account_id = excluded.account_id and chains.device_id = excluded.device_id`,
  );
  const orNot = 'on conflict do nothing';
  const putSupersessions = prepareInsert<SupersessionsTable>(
    database,
    'supersessions',
    SUPERSESSION_COLUMNS,
    orNot,
  );
  const putDenials = prepareInsert<SignalDenialsTable>(
    database,
    'signal_denials',
    DENIAL_COLUMNS,
    orNot,
  );
  return (rows) => {
    if (rows.replaced.length > 0) {
      dropReplaced.run(JSON.stringify(rows.replaced));
      putLeft(rows.left);
      for (const batch of rows.leftBatches) {
        leaveBatch.run(batch);
        dropBatch.run(batch);
      }
    }
    const batch = rows.batch && Number(putBatch.run(rows.batch).lastInsertRowid);
    putEntries(rows.entries(batch));
    if (putChains(rows.chains) !== rows.chains.length) throw new RaceLostError('a chain was taken');
    putSupersessions(rows.supersessions);
    putDenials(rows.denials);
  };
}
