import { EVERY_PURPOSE } from '../../src-shared/consent/decision.js';
import { choiceFor } from '../../src-shared/consent/effective-state.js';
import type { HistoryFilter } from '../../src-shared/history-view.js';
import type { HistoryRow } from '../store/index.js';

/** Whether a filter leaves an entry on show. @param thisDevice the id of this installation at the service. */
export function passes(row: HistoryRow, filter: HistoryFilter, thisDevice: string): boolean {
  const { purpose, kind, device, from, to } = filter;
  if (from !== null && row.atMs < Date.parse(from)) return false;
  if (to !== null && row.atMs >= Date.parse(to)) return false;
  if (device !== null && (device === 'this') !== (row.madeHere || row.device === thisDevice))
    return false;
  if (kind !== null && kind !== kindOf(row)) return false;
  return purpose === null || speaksOf(row, purpose);
}

function kindOf({ said }: HistoryRow): HistoryFilter['kind'] {
  if (said.kind !== 'said') return 'erased';
  const choices = Object.values(said.decision.choices);
  if (choices.length === 0) return 'acknowledged';
  return choices.includes('granted') ? 'allowed' : 'refused';
}

function speaksOf({ said }: HistoryRow, purpose: string): boolean {
  if (said.kind === 'said') return choiceFor(said.decision, purpose) !== undefined;
  // Nobody can tell any more what it was about, so it may have been about this.
  if (said.kind === 'unreadable') return true;
  const { purposes } = said.remains;
  return purposes.includes(purpose) || purposes.includes(EVERY_PURPOSE);
}
