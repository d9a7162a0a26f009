import english from './generated/en.account.js';

/** The sentences about devices, passwords and the ways to leave an account; fetched when Me is first opened. */
export type AccountMessages = typeof english;

/** The sentences to use for a BCP 47 language tag. English is the only language so far. */
export function accountMessagesFor(_languageTag: string): AccountMessages {
  return english;
}
