/** The parts of `later.ts` as their users name them: a type only, so that naming them fetches nothing. */
export type LaterParts = typeof import('./later.js');
