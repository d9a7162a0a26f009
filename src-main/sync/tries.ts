import type { SyncTry } from '../../src-shared/views.js';

/** How many tries a person is shown. */
const KEPT_TRIES = 20;

/** What was tried in this run of the app, for the person to look at. */
export interface Tries {
  /** @param atMs milliseconds since 1970. */
  note(atMs: number, problem: SyncTry['problem']): void;
  /** Newest first. */
  readonly list: () => readonly SyncTry[];
  /** When a try last got through, UTC; null when none has. */
  readonly lastReachedAt: () => string | null;
}

export function createTries(): Tries {
  let tries: readonly SyncTry[] = [];
  let lastReachedAt: string | null = null;
  return {
    note(atMs, problem) {
      const at = new Date(atMs).toISOString();
      tries = [{ at, problem }, ...tries].slice(0, KEPT_TRIES);
      if (problem === 'none') lastReachedAt = at;
    },
    list: () => tries,
    lastReachedAt: () => lastReachedAt,
  };
}
