export { createFatalHandlers, createHandlers } from './handlers.js';
export type { HandlerParts } from './handlers.js';
export { createAnswers } from './answers.js';
export type { CallHandlers } from './answers.js';
