import type { Transaction } from 'kysely';
import type { ChainState } from '../decisions/chain-place.js';
import type { CheckedEntry } from '../decisions/entry.js';
import { placeOf, type Place } from '../decisions/cursor.js';
import type { Kept, KeptEntry } from '../decisions/settle.js';
import type { DatabaseKind } from './kind.js';
import { isOneOf } from './many.js';
import type { Tables } from './tables.js';

/** Who sends: a device of an account. */
export interface Sender {
  readonly accountId: string;
  readonly deviceId: string;
}

const COLUMNS = [
  'position',
  'id',
  'account_id',
  'device_id',
  'chain',
  'seq',
  'decision',
  'remains',
  'entry_hash',
  'kid',
  'signature',
  'refused',
  'held',
  'receipt',
  'received_at_ms',
] as const;

/** What is kept, and where it stands. */
export interface KeptWithPlaces {
  readonly kept: Kept;
  /** The places of the sender's own entries, by their id. */
  readonly places: ReadonlyMap<string, Place>;
}

/** All that is kept and may matter to these entries, in at most three queries however many they are. */
export async function readKept(
  transaction: Transaction<Tables>,
  kind: DatabaseKind,
  sender: Sender,
  entries: readonly CheckedEntry[],
): Promise<KeptWithPlaces> {
  const ids = entries.map((entry) => entry.id);
  const sameId = await transaction
    .selectFrom('entries')
    .select(COLUMNS)
    .where(isOneOf(kind, 'id', ids))
    .execute();
  const bareSeqs = entries.flatMap((one) => (one.form === 'bare' ? [one.decision.seq] : []));
  const sameSeq =
    bareSeqs.length === 0
      ? []
      : await transaction
          .selectFrom('entries')
          .select(COLUMNS)
          .where('account_id', '=', sender.accountId)
          .where('device_id', '=', sender.deviceId)
          .where('chain', 'is', null)
          .where(isOneOf(kind, 'seq', bareSeqs, 'bigint'))
          .execute();
  const chains = await readChains(transaction, sender, entries);
  const rows = [...sameId, ...sameSeq];
  const own = sameId.filter((row) => row.account_id === sender.accountId);
  return {
    kept: { entries: rows.map((row): KeptEntry => keptEntryOf(row, sender)), chains },
    places: new Map(own.map((row) => [row.id, placeOf(row)])),
  };
}

async function readChains(
  transaction: Transaction<Tables>,
  { accountId, deviceId }: Sender,
  entries: readonly CheckedEntry[],
): Promise<ReadonlyMap<string, ChainState>> {
  const named = new Set(entries.flatMap((one) => (one.form === 'bare' ? [] : [one.link.chain])));
  if (named.size === 0) return new Map();
  const rows = await transaction
    .selectFrom('chains')
    .selectAll()
    .where('chain', 'in', [...named])
    .execute();
  return new Map(
    rows.map((row) => [
      row.chain,
      {
        ofThisDevice: row.account_id === accountId && row.device_id === deviceId,
        firstSeq: row.first_seq,
        lastSeq: row.last_seq,
        lastHash: row.last_hash,
      },
    ]),
  );
}

interface Row {
  readonly position: number;
  readonly id: string;
  readonly account_id: string;
  readonly device_id: string;
  readonly chain: string | null;
  readonly seq: number;
  readonly decision: string | null;
  readonly remains: string | null;
  readonly entry_hash: string | null;
  readonly kid: string | null;
  readonly signature: string | null;
  readonly refused: number;
  readonly held: number;
  readonly receipt: string | null;
  readonly received_at_ms: number;
}

function keptEntryOf(row: Row, { accountId, deviceId }: Sender): KeptEntry {
  const { kid, signature } = row;
  const ofThisAccount = row.account_id === accountId;
  const isBareHere = ofThisAccount && row.device_id === deviceId && row.chain === null;
  return {
    id: row.id,
    ofThisAccount,
    entryHash: row.entry_hash,
    signature: kid === null || signature === null ? null : { kid, signature },
    jcs: row.decision,
    remains: row.remains,
    wasRefused: row.refused === 1,
    wasHeld: row.held === 1,
    bareSeq: isBareHere ? row.seq : null,
    receivedAtMs: row.received_at_ms,
    receipt: row.receipt,
  };
}
