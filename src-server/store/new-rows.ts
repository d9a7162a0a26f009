import type { Place } from '../decisions/cursor.js';
import type { CheckedEntry } from '../decisions/entry.js';
import { remainsText } from '../decisions/entry.js';
import { signalDenialsOf, supersedingOf, supersessionsOf } from '../decisions/opt-out.js';
import type { EntryToKeep, KeptWithPlaces, Sender, Settlement, Taken } from './delivery.js';
import type {
  ChainsTable,
  EntriesTable,
  LeftPlacesTable,
  SignalDenialsTable,
  SupersessionsTable,
} from './tables.js';

export type NewEntryRow = Omit<EntriesTable, 'position'>;

/** Every row that one delivery leaves, in the order in which they are written. */
export interface NewRows {
  /** Entries that go with all their words, because what comes under their id stands at the end now. */
  readonly replaced: readonly string[];
  /** The places they leave: devices that have read past one still have to be understood. */
  readonly left: readonly LeftPlacesTable[];
  readonly entries: readonly NewEntryRow[];
  readonly chains: readonly ChainsTable[];
  /**
   * What the opt-out flag needs. Nothing of it is taken back when an entry is erased: an erased signal goes on denying, and
   * what an erased decision took the place of does not come back.
   */
  readonly supersessions: readonly SupersessionsTable[];
  readonly denials: readonly SignalDenialsTable[];
}

/** The rows of what is to be kept; null where that is nothing. */
export function newRowsOf(
  sender: Sender,
  { toKeep }: Taken,
  { chains, receivedAtMs }: Settlement,
  { places }: KeptWithPlaces,
): NewRows | null {
  if (toKeep.length === 0) return null;
  const { accountId, deviceId } = sender;
  const last = lastOfEachId(toKeep);
  const replaced = [...places].filter(([id]) => last.has(id));
  return {
    replaced: replaced.map(([id]) => id),
    left: replaced.map(([, place]: [string, Place]) => ({ account_id: accountId, ...place })),
    entries: [...last.values()].map((one) => entryRowOf(sender, one, receivedAtMs)),
    chains: [...chains].map(([chain, { firstSeq, lastSeq, lastHash }]) => ({
      chain,
      account_id: accountId,
      device_id: deviceId,
      first_seq: firstSeq,
      last_seq: lastSeq,
      last_hash: lastHash,
    })),
    ...optOutRowsOf(
      accountId,
      toKeep.map(({ entry }) => entry),
    ),
  };
}

function lastOfEachId(toKeep: readonly EntryToKeep[]): ReadonlyMap<string, EntryToKeep> {
  const last = new Map<string, EntryToKeep>();
  for (const one of toKeep) {
    // Taken out first, so that it stands where it came last.
    last.delete(one.entry.id);
    last.set(one.entry.id, one);
  }
  return last;
}

function optOutRowsOf(
  accountId: string,
  entries: readonly CheckedEntry[],
): Pick<NewRows, 'supersessions' | 'denials'> {
  const superseded = entries.flatMap((entry) =>
    supersessionsOf(entry.form === 'header' ? supersedingOf(entry.remains) : entry.decision),
  );
  const denied = entries.flatMap((entry) =>
    entry.form === 'header' ? [] : signalDenialsOf(entry.decision),
  );
  return {
    supersessions: superseded.map(({ decisionId, purpose }) => ({
      account_id: accountId,
      superseded_id: decisionId,
      purpose,
    })),
    denials: denied.map(({ decisionId, purpose }) => ({
      account_id: accountId,
      decision_id: decisionId,
      purpose,
    })),
  };
}

function entryRowOf(
  { accountId, deviceId }: Sender,
  { entry, receipt }: EntryToKeep,
  receivedAtMs: number,
): NewEntryRow {
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
