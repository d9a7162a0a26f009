import english from './generated/en.browserSignIn.js';

/** The sentences about signing in by the browser; fetched when Me is first opened, or when a sign-in begins. */
export type BrowserSignInMessages = typeof english;

/** The sentences to use for a BCP 47 language tag. English is the only language so far. */
export function browserSignInMessagesFor(_languageTag: string): BrowserSignInMessages {
  return english;
}
