import type { Transaction } from 'kysely';
import type { Place } from '../decisions/cursor.js';
import type { Receipt } from '../../src-shared/ledger/receipt.js';
import type { ChainState } from '../decisions/chain-place.js';
import { remainsText, type CheckedEntry } from '../decisions/entry.js';
import { RaceLostError } from './failures.js';
import type { DatabaseKind } from './kind.js';
import { insertMany, isOneOf, type ColumnType } from './many.js';
import { noteLeft } from './places.js';
import type { Sender } from './read-kept.js';
import type { EntriesTable, Tables } from './tables.js';

/** An entry to be kept. */
export interface EntryToKeep {
  readonly entry: CheckedEntry;
  /** Null for the header of a refused grant. */
  readonly receipt: Receipt | null;
}

/** What is known when entries are to be kept. */
export interface Keeping {
  readonly receivedAtMs: number;
  /** Where entries of the account stand that are kept under the same ids. */
  readonly places: ReadonlyMap<string, Place>;
}

/**
 * Keeps entries in their order. One that is there under the same id goes, with all its words, and the new one stands at
 * the end: devices that have read past the old one have to hear of it.
 */
export async function keepEntries(
  transaction: Transaction<Tables>,
  kind: DatabaseKind,
  sender: Sender,
  entries: readonly EntryToKeep[],
  { receivedAtMs, places }: Keeping,
): Promise<void> {
  const last = new Map<string, EntryToKeep>();
  for (const one of entries) {
    // Taken out first, so that it stands where it came last.
    last.delete(one.entry.id);
    last.set(one.entry.id, one);
  }
  const rows = [...last.values()].map((one) => rowOf(sender, one, receivedAtMs));
  const replaced = [...places].filter(([id]) => last.has(id));
  if (replaced.length > 0) {
    const ids = replaced.map(([id]) => id);
    await transaction
      .deleteFrom('entries')
      .where(isOneOf(kind, 'id', ids))
      .execute();
    await noteLeft(
      transaction,
      sender.accountId,
      replaced.map(([, place]) => place),
    );
  }
  await insertMany(transaction, kind, 'entries', COLUMNS, rows);
}

/** Notes how far chains have come. */
export async function keepChains(
  transaction: Transaction<Tables>,
  { accountId, deviceId }: Sender,
  chains: ReadonlyMap<string, ChainState>,
): Promise<void> {
  if (chains.size === 0) return;
  const rows = [...chains].map(([chain, { firstSeq, lastSeq, lastHash }]) => ({
    chain,
    account_id: accountId,
    device_id: deviceId,
    first_seq: firstSeq,
    last_seq: lastSeq,
    last_hash: lastHash,
  }));
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('chains')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('chain')
        .doUpdateSet((expression) => ({
          last_seq: expression.ref('excluded.last_seq'),
          last_hash: expression.ref('excluded.last_hash'),
        }))
        .whereRef('chains.account_id', '=', 'excluded.account_id')
        .whereRef('chains.device_id', '=', 'excluded.device_id'),
    )
    .executeTakeFirstOrThrow();
  // A chain that somebody else began since it was looked for stays theirs: this has to look again.
  if (numInsertedOrUpdatedRows !== BigInt(rows.length))
    throw new RaceLostError('a chain was taken');
}

type NewRow = Omit<EntriesTable, 'position'>;

/** Everything but the position, which the database gives. */
const COLUMNS: Readonly<Record<keyof NewRow, ColumnType>> = {
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
  received_at_ms: 'bigint',
};

function rowOf(
  { accountId, deviceId }: Sender,
  { entry, receipt }: EntryToKeep,
  receivedAtMs: number,
): NewRow {
  const link = entry.form === 'bare' ? null : entry.link;
  return {
    id: entry.id,
    account_id: accountId,
    device_id: deviceId,
    chain: link?.chain ?? null,
    seq: entry.form === 'bare' ? entry.decision.seq : entry.link.seq,
    decision: entry.form === 'header' ? null : entry.jcs,
    salt: entry.form === 'chained' ? entry.salt : null,
    remains: entry.form === 'header' ? remainsText(entry.remains) : null,
    prev: link?.prev ?? null,
    payload_hash: link?.payloadHash ?? null,
    entry_hash: link?.entryHash ?? null,
    kid: link?.signature?.kid ?? null,
    signature: link?.signature?.signature ?? null,
    refused: receipt === null ? 1 : 0,
    held: entry.form === 'header' && entry.held ? 1 : 0,
    receipt: receipt === null ? null : JSON.stringify(receipt),
    received_at_ms: receivedAtMs,
  };
}
