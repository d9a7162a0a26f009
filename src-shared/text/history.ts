import english from './generated/en.history.js';

/** The sentences of the history page, which is fetched when it is first opened. */
export type HistoryMessages = typeof english;

/** The sentences to use for a BCP 47 language tag. English is the only language so far. */
export function historyMessagesFor(_languageTag: string): HistoryMessages {
  return english;
}
