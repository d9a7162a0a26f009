import type { HistoryEntryView } from '../../src-shared/history-view.js';

/** What was said on one day, newest first. */
export interface HistoryDay {
  /** `YYYY-MM-DD`. */
  readonly key: string;
  readonly entries: readonly HistoryEntryView[];
}

/**
 * Puts entries under their days, newest first. They come in the order in which this device learnt of them, and what another
 * device said offline may arrive days later: it stands where it was said.
 * @param dayKey the day a moment falls on for the person, `YYYY-MM-DD`.
 */
export function groupByDay(
  entries: readonly HistoryEntryView[],
  dayKey: (instant: string) => string,
): HistoryDay[] {
  const days = new Map<string, HistoryEntryView[]>();
  // The sort is stable: of two said in the same millisecond, the one that was learnt of last stays first.
  for (const entry of entries.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))) {
    const key = dayKey(entry.at);
    const day = days.get(key) ?? [];
    day.push(entry);
    days.set(key, day);
  }
  return [...days].map(([key, said]) => ({ key, entries: said }));
}
