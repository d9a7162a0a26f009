import english from './generated/en.js';

/** Every sentence of the app in one language, as functions: `text.status.waiting({ count: 2 })`. */
export type Messages = typeof english;

/** The sentences to use for a BCP 47 language tag. English is the only language so far. */
export function messagesFor(_languageTag: string): Messages {
  return english;
}
