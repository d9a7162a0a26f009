import { choiceFor } from '../../src-shared/consent/effective-state.js';
import { remainsSpeakAbout } from '../../src-shared/ledger/entry.js';
import type { ExportFilter } from '../../src-shared/proof/types.js';
import type { HistoryRow } from '../store/index.js';

/** Whether an export that is limited to `filter` has anything to say about a row. */
export function isAskedFor(
  { id, said }: HistoryRow,
  { decisionId, purpose }: ExportFilter,
): boolean {
  if (said.kind === 'unreadable') return false;
  if (decisionId !== undefined && decisionId !== id) return false;
  if (purpose === undefined) return true;
  return said.kind === 'said'
    ? choiceFor(said.decision, purpose) !== undefined
    : remainsSpeakAbout(said.remains, purpose);
}
