export { createSessions } from './sessions.js';
export type { SessionAccess, Sessions } from './sessions.js';
export type { Credentials } from './sign-in.js';
