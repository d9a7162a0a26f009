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

/** The entries of a day as the lists that show them, each laid out as one: on nearly every day there is only one. */
export function inLists(entries: readonly HistoryEntryView[]): HistoryEntryView[][] {
  const lists: HistoryEntryView[][] = [];
  for (let first = 0; first < entries.length; first += LONGEST_LIST)
    lists.push(entries.slice(first, first + LONGEST_LIST));
  return lists;
}

/** As many as stand in a high window: with more, laying out the next list would hold up a frame of scrolling. */
const LONGEST_LIST = 12;

/** The same days, each asked of the calendar once: with thousands of entries on show, every further page would wait for it. */
export function remembering(dayKey: (instant: string) => string): (instant: string) => string {
  const known = new Map<string, string>();
  return (instant) => {
    const key = known.get(instant) ?? dayKey(instant);
    known.set(instant, key);
    return key;
  };
}
