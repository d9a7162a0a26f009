import type { ChainState } from '../decisions/chain-place.js';
import { placeOf } from '../decisions/cursor.js';
import type { CheckedEntry } from '../decisions/entry.js';
import type { KeptEntry } from '../decisions/settle.js';
import type { KeptWithPlaces, Sender } from './delivery.js';
import type { EntryRow } from './places.js';
import type { ChainsTable } from './tables.js';

/** The columns of a kept entry that a delivery is held against. */
export const KEPT_COLUMNS = [
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
  'receipt_batch',
  'receipt_index',
  'received_at_ms',
] as const;

/** A kept entry, as far as a delivery is held against it. */
export type KeptRow = Pick<EntryRow, (typeof KEPT_COLUMNS)[number]>;

/** What has to be looked for before entries can be settled. */
export interface Wanted {
  readonly ids: readonly string[];
  /** Numbers of bare decisions, which stand in no chain. */
  readonly bareSeqs: readonly number[];
  /** Each named once. */
  readonly chains: readonly string[];
  /** What these take the place of, each named once, but for one another. */
  readonly superseded: readonly string[];
}

export function wantedFor(entries: readonly CheckedEntry[]): Wanted {
  const chains = entries.flatMap((one) => (one.form === 'bare' ? [] : [one.link.chain]));
  const ids = entries.map((entry) => entry.id);
  const own = new Set(ids);
  const superseded = new Set<string>();
  let latest = '';
  for (const entry of entries) {
    const { supersedes } = entry.form === 'header' ? entry.remains : entry.decision;
    for (const ids of Object.values(supersedes)) {
      for (const id of ids) {
        // Nearly always the same for every purpose: to compare takes less than to look up.
        if (id === latest) continue;
        latest = id;
        if (!own.has(id)) superseded.add(id);
      }
    }
  }
  return {
    ids,
    superseded: [...superseded],
    bareSeqs: entries.flatMap((one) => (one.form === 'bare' ? [one.decision.seq] : [])),
    chains: [...new Set(chains)],
  };
}

/** What was found, as entries are settled against it. */
export function keptFrom(
  sender: Sender,
  sameId: readonly KeptRow[],
  sameSeq: readonly KeptRow[],
  chains: readonly Readonly<ChainsTable>[],
  noSignals: readonly { readonly id: string }[],
): KeptWithPlaces {
  const own = sameId.filter((row) => row.account_id === sender.accountId);
  return {
    kept: {
      entries: [...sameId, ...sameSeq].map((row) => keptEntryOf(row, sender)),
      chains: new Map(chains.map((row) => [row.chain, chainStateOf(row, sender)])),
    },
    noSignals: new Set(noSignals.map(({ id }) => id)),
    places: new Map(own.map((row) => [row.id, placeOf(row)])),
    batches: new Map(
      own.flatMap((row) => (row.receipt_batch === null ? [] : [[row.id, row.receipt_batch]])),
    ),
  };
}

function chainStateOf(row: Readonly<ChainsTable>, { accountId, deviceId }: Sender): ChainState {
  return {
    ofThisDevice: row.account_id === accountId && row.device_id === deviceId,
    firstSeq: row.first_seq,
    lastSeq: row.last_seq,
    lastHash: row.last_hash,
  };
}

function keptEntryOf(row: KeptRow, { accountId, deviceId }: Sender): KeptEntry {
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
