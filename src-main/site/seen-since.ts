import type { StoredThing } from './stored.js';

/** Since when each thing has been there. Chromium does not tell; it all came about in this run, so it was seen coming. */
export interface SeenSince {
  /** The same things, each with when it was first seen; what is not among them any more is forgotten. */
  mark(things: readonly StoredThing[]): StoredThing[];
  /** One has just come about, or changed. */
  note(thing: StoredThing): void;
}

export function createSeenSince(nowMs: () => number): SeenSince {
  let seen = new Map<string, number>();
  return {
    mark(things) {
      const now = nowMs();
      const marked = things.map((thing) => ({ ...thing, sinceMs: seen.get(keyOf(thing)) ?? now }));
      seen = new Map(marked.map((thing) => [keyOf(thing), thing.sinceMs]));
      return marked;
    },
    note(thing) {
      if (!seen.has(keyOf(thing))) seen.set(keyOf(thing), nowMs());
    },
  };
}

const keyOf = ({ kind, name, host, path }: StoredThing): string =>
  JSON.stringify([kind, name, host, path]);
