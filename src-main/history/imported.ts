import type { HistoryEntryView, HistoryView } from '../../src-shared/history-view.js';
import type { EvidenceEntry } from '../../src-shared/proof/evidence.js';
import { idOf } from '../../src-shared/proof/evidence.js';
import type { HistoryRow, Store } from '../store/index.js';
import { entryViewOf, type EntryContext } from './entry-view.js';

/** Entries on one page of the history, and of what was imported: as many as a window can take in within one frame or two. */
export const PAGE_LENGTH = 30;

/** A page of what was imported about a service by one subject, newest first. */
export function importedPage(
  { imported }: Pick<Store, 'imported'>,
  service: string,
  subject: string,
  before: number | null,
  context: EntryContext,
): HistoryView {
  const rows = imported.page(service, subject, before, PAGE_LENGTH + 1);
  const shown = rows.slice(0, PAGE_LENGTH);
  return {
    service,
    entries: shown.map(({ row, entry }): HistoryEntryView => {
      return { ...entryViewOf(rowOf(row, entry), context), isErasable: false };
    }),
    before: rows.length > PAGE_LENGTH ? (shown.at(-1)?.row ?? null) : null,
  };
}

/** An entry of a file in the form in which entries are shown. */
function rowOf(row: number, entry: EvidenceEntry): HistoryRow {
  const { decision, remains, salt, link, signature, receivedAt, receipt } = entry;
  return {
    row,
    id: idOf(entry),
    device: decision?.device ?? '',
    seq: link?.seq ?? 0,
    madeHere: false,
    atMs: Date.parse(decision?.at ?? '') || 0,
    receivedAtMs: receivedAt === null ? null : Date.parse(receivedAt),
    said: decision
      ? { kind: 'said', decision, salt }
      : remains
        ? { kind: 'erased', remains }
        : { kind: 'unreadable' },
    link: link && { ...link, signature },
    receipt,
    outbox: null,
  };
}
