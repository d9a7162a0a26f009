export { createFatalHandlers, createHandlers } from './handlers.js';
export type { HandlerParts } from './handlers.js';
export { registerCalls } from './register-calls.js';
export type { CallHandlers } from './register-calls.js';
