export { createSessions } from './sessions.js';
export type { SessionAccess, Sessions } from './sessions.js';
export type { BrowserSignIn, ProofFailure } from './browser/index.js';
export { answerWordsIn, isBrowserAddress, signInViewOf } from './browser/index.js';
export type { Credentials } from './sign-in.js';
export { subjectViewOf } from './subject-view.js';
