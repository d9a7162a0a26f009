import type { Form } from './parcel.js';

/** What the plan has to know of an entry that waits. */
export interface Unsent {
  readonly chain: string;
  /** Whether it is whole and denies, or erased and so reads as closed: what may travel without a session. */
  readonly closes: boolean;
  readonly isSigned: boolean;
  /** Whether the server has this place of the chain already. */
  readonly isPlaced: boolean;
}

/** Whether an entry stays on the device as words, to follow its header later, or is gone for good. */
export type Rest = Extract<Form, 'held' | 'header'>;

/**
 * Which of the entries that wait may travel without a token, and in what form. A service takes signed refusals from anybody
 * who carries them, but of a chain it takes nothing behind a gap: so what stands before a refusal goes ahead of it as a
 * header. What is left of an erased decision may have been a refusal; it closes, so it goes like one. Behind the last of them
 * nothing of a chain goes, and behind an entry that nobody has signed nothing can go.
 * @param waiting in the order in which it was said.
 * @param rest as what the entries between the refusals go.
 */
export function planWithoutToken<Entry extends Unsent>(
  waiting: readonly Entry[],
  rest: Rest,
): { readonly entry: Entry; readonly form: Form }[] {
  const broken = new Set<string>();
  const reachable = waiting.filter((entry) => {
    if (!entry.isSigned && !entry.isPlaced) broken.add(entry.chain);
    return !broken.has(entry.chain);
  });
  const goes = (entry: Entry): boolean => entry.closes && !entry.isPlaced && entry.isSigned;
  const lastClosing = new Map<string, number>();
  reachable.forEach((entry, index) => {
    if (goes(entry)) lastClosing.set(entry.chain, index);
  });
  return reachable.flatMap((entry, index) => {
    if (entry.isPlaced || index > (lastClosing.get(entry.chain) ?? -1)) return [];
    return [{ entry, form: entry.closes ? ('whole' as const) : rest }];
  });
}
