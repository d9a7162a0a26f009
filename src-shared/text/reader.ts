import english from './generated/en.reader.js';

/** The sentences of the policy reader beyond the policy itself: search, versions, how old it is. */
export type ReaderMessages = typeof english;

/** The sentences to use for a BCP 47 language tag. English is the only language so far. */
export function readerMessagesFor(_languageTag: string): ReaderMessages {
  return english;
}
