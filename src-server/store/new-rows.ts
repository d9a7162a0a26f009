import type { Place } from '../decisions/cursor.js';
import type { CheckedEntry } from '../decisions/entry.js';
import { remainsText } from '../decisions/entry.js';
import { signalDenialsOf, supersedingOf, supersessionsOf } from '../decisions/opt-out.js';
import type { EntryToKeep, KeptWithPlaces, Sender, Settlement, Taken } from './delivery.js';
import { batchRowOf, type NewBatchRow } from './receipt-batches.js';
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
  /** The batches that their receipts stood in, one for each of them. */
  readonly leftBatches: readonly number[];
  /** What the receipts have in common; null where none is one of several. */
  readonly batch: NewBatchRow | null;
  /** The entries. Given the number of the batch, once it has one. */
  readonly entries: (batch: number | null) => readonly NewEntryRow[];
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
  { toKeep, issued }: Taken,
  { chains, receivedAtMs }: Settlement,
  { places, batches, noSignals }: KeptWithPlaces,
): NewRows | null {
  if (toKeep.length === 0) return null;
  const { accountId, deviceId } = sender;
  const last = lastOfEachId(toKeep);
  const replaced = [...places].filter(([id]) => last.has(id));
  const kept = [...last.values()];
  const members = kept.filter(({ receipt }) => receipt !== null).length;
  const isBatch = issued !== null && issued.size > 1;
  return {
    replaced: replaced.map(([id]) => id),
    left: replaced.map(([, place]: [string, Place]) => ({ account_id: accountId, ...place })),
    leftBatches: replaced.flatMap(([id]) => batches.get(id) ?? []),
    batch: isBatch ? batchRowOf(accountId, issued, members) : null,
    entries: (batch) => kept.map((one) => entryRowOf(sender, one, receivedAtMs, batch)),
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
      noSignals,
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

/**
 * What is known to be no signal never becomes one, since what is said is never edited: that its place was taken need not be
 * noted. Anything else may be one that has not come yet, or of which only a header has.
 */
function optOutRowsOf(
  accountId: string,
  entries: readonly CheckedEntry[],
  noSignals: ReadonlySet<string>,
): Pick<NewRows, 'supersessions' | 'denials'> {
  const noSignalHere = new Set<string>();
  for (const entry of entries) {
    if (entry.form !== 'header' && entry.decision.action !== 'signal') noSignalHere.add(entry.id);
  }
  let latest = '';
  const mayMatter = (id: string): boolean => {
    // Nearly always the same for every purpose: to compare takes less than to look up.
    if (id === latest) return false;
    if (!noSignalHere.has(id) && !noSignals.has(id)) return true;
    latest = id;
    return false;
  };
  const superseded = entries.flatMap((entry) => {
    const { supersedes } = entry.form === 'header' ? entry.remains : entry.decision;
    // Nearly always nothing, and then it need not be put into rows to be seen.
    if (!Object.values(supersedes).some((ids) => ids.some(mayMatter))) return [];
    const said = entry.form === 'header' ? supersedingOf(entry.remains) : entry.decision;
    return supersessionsOf(said).filter(({ decisionId }) => mayMatter(decisionId));
  });
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
  batch: number | null,
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
    receipt: batch === null && receipt ? receipt.issued.textAt(receipt.index) : null,
    receipt_batch: receipt === null ? null : batch,
    receipt_index: receipt === null || batch === null ? null : receipt.index,
    received_at_ms: receivedAtMs,
  };
}
