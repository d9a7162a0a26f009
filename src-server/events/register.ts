import type { EventStream } from './stream.js';

/** An open stream, and the tick of the hub at which it began. */
export interface Registered {
  readonly stream: EventStream;
  readonly sinceTick: number;
}

/** The open streams, found one and all or by their account. */
export interface Register {
  readonly add: (stream: EventStream, sinceTick: number) => void;
  readonly remove: (stream: EventStream) => void;
  readonly has: (stream: EventStream) => boolean;
  /** A copy, so that streams may go while one walks through it. */
  readonly all: () => readonly Registered[];
  readonly ofAccount: (accountId: string) => readonly EventStream[];
  readonly accounts: () => readonly string[];
  readonly count: () => number;
}

/** An empty register. */
export function createRegister(): Register {
  const open = new Map<EventStream, number>();
  const byAccount = new Map<string, Set<EventStream>>();
  return {
    add(stream, sinceTick) {
      open.set(stream, sinceTick);
      const own = byAccount.get(stream.accountId) ?? new Set();
      byAccount.set(stream.accountId, own.add(stream));
    },
    remove(stream) {
      open.delete(stream);
      const own = byAccount.get(stream.accountId);
      own?.delete(stream);
      if (own?.size === 0) byAccount.delete(stream.accountId);
    },
    has: (stream) => open.has(stream),
    all: () => [...open].map(([stream, sinceTick]) => ({ stream, sinceTick })),
    ofAccount: (accountId) => [...(byAccount.get(accountId) ?? [])],
    accounts: () => [...byAccount.keys()],
    count: () => open.size,
  };
}
