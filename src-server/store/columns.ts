import type { NewEntryRow } from './new-rows.js';
import type {
  ChainsTable,
  LeftPlacesTable,
  SignalDenialsTable,
  SupersessionsTable,
} from './tables.js';

/** How a column's values are stored. */
export type ColumnType = 'text' | 'bigint';
type ColumnsOf<Row> = Readonly<Record<keyof Row & string, ColumnType>>;

/** Everything but the position, which the database gives. */
export const ENTRY_COLUMNS: ColumnsOf<NewEntryRow> = {
  id: 'text',
  account_id: 'text',
  device_id: 'text',
  chain: 'text',
  seq: 'bigint',
  decision: 'text',
  salt: 'text',
  remains: 'text',
  prev: 'text',
  payload_hash: 'text',
  entry_hash: 'text',
  kid: 'text',
  signature: 'text',
  refused: 'bigint',
  held: 'bigint',
  receipt: 'text',
  receipt_batch: 'bigint',
  receipt_index: 'bigint',
  received_at_ms: 'bigint',
};

export const LEFT_PLACE_COLUMNS: ColumnsOf<LeftPlacesTable> = {
  account_id: 'text',
  position: 'bigint',
  mark: 'text',
};

export const CHAIN_COLUMNS: ColumnsOf<ChainsTable> = {
  chain: 'text',
  account_id: 'text',
  device_id: 'text',
  first_seq: 'bigint',
  last_seq: 'bigint',
  last_hash: 'text',
};

export const SUPERSESSION_COLUMNS: ColumnsOf<SupersessionsTable> = {
  account_id: 'text',
  superseded_id: 'text',
  purpose: 'text',
};

export const DENIAL_COLUMNS: ColumnsOf<SignalDenialsTable> = {
  account_id: 'text',
  decision_id: 'text',
  purpose: 'text',
};
