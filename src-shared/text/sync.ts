import english from './generated/en.sync.js';

/** The sentences of the "Sync" detail and of what a service refused; fetched when one of them is first shown. */
export type SyncMessages = typeof english;

/** The sentences to use for a BCP 47 language tag. English is the only language so far. */
export function syncMessagesFor(_languageTag: string): SyncMessages {
  return english;
}
