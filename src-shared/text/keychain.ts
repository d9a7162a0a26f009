import english from './generated/en.keychain.js';

/** The sentences about the system keychain; fetched when Me is first opened. */
export type KeychainMessages = typeof english;

/** The sentences to use for a BCP 47 language tag. English is the only language so far. */
export function keychainMessagesFor(_languageTag: string): KeychainMessages {
  return english;
}
