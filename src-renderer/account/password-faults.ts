import { SHORTEST_PASSWORD } from '../credentials-check.js';

/** What is wrong with what was typed to change a password; `wrong` is what only the service can say. */
export interface PasswordFaults {
  readonly current: 'missing' | 'wrong' | null;
  readonly next: 'short' | 'same' | null;
}

/** Looks at both before anything is sent. */
export function passwordFaults(current: string, next: string): PasswordFaults {
  const isShort = next.length < SHORTEST_PASSWORD;
  return {
    current: current.length === 0 ? 'missing' : null,
    next: isShort ? 'short' : next === current ? 'same' : null,
  };
}
