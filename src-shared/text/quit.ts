import english from './generated/en.quit.js';

/** The sentences of the question before quitting, and the menu's word for it. */
export type QuitMessages = typeof english;

/** The sentences to use for a BCP 47 language tag. English is the only language so far. */
export function quitMessagesFor(_languageTag: string): QuitMessages {
  return english;
}
