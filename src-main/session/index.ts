export { createSessions } from './sessions.js';
export type { SessionAccess, Sessions } from './sessions.js';
export { answerWordsIn, isBrowserAddress } from './browser/index.js';
export type { Credentials } from './sign-in.js';
