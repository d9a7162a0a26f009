import english from './generated/en.limits.js';

/** The sentences about rules that only ever close: "Never on this device" and the opt-out signal. */
export type LimitMessages = typeof english;

/** The sentences to use for a BCP 47 language tag. English is the only language so far. */
export function limitMessagesFor(_languageTag: string): LimitMessages {
  return english;
}
