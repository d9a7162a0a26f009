export { isBrowserAddress } from './address.js';
export { answerWordsIn } from './answer-words.js';
export { createBrowserSignIn } from './browser-sign-in.js';
export type { BrowserSignIn } from './browser-sign-in.js';
export type { ProofFailure } from './failure.js';
export type { BrowserParts } from './parts.js';
export { signInViewOf } from './sign-in-view.js';
