import { isUnavailable } from './failures.js';
import type { Transact } from './transactions.js';

/** How much one commit takes on: enough to share its cost, not so much that others wait long for the one connection. */
const MOST_WEIGHT = 1000;

/** Transactions on a database with one connection, one after another. */
export interface GroupCommit {
  /** One by itself, which may wait for things in between. */
  readonly transact: Transact;
  /**
   * Runs `work`, which is done when it returns, in a transaction that it may share. It may run several times and must touch
   * nothing but the database.
   * @param weight how much there is to do, in entries.
   */
  readonly share: <Value>(work: () => Value, weight: number) => Promise<Value>;
  /**
   * Says that something to share is about to come, once `preparation` has ended. A commit that is about to begin waits for
   * what is expected by then, and for nothing that is said later.
   * @returns `preparation`, however it ends.
   */
  readonly expect: Expect;
}

/** Passes a promise on, having noted that it is being waited for. */
export type Expect = <Value>(preparation: Promise<Value>) => Promise<Value>;

interface Sharing {
  readonly weight: number;
  /** Does it, inside a transaction. @returns what to call once that transaction has been committed. */
  readonly run: () => () => void;
  readonly fail: (error: unknown) => void;
}

type Waiting = Sharing | (() => Promise<void>);

/**
 * Transactions that share commits, because each commit waits for the disk: whatever asks in the same turn of the event loop, or
 * while nothing else can run, goes into one. One that fails takes back only itself: the others run again without it. Nobody
 * is answered before the commit, and all are told when that fails.
 * @param alone runs one asynchronous transaction by itself.
 * @param inTransaction runs synchronous work in one transaction that has the right to write from its start.
 * @param nextTurn resolves once everything that is ready has been given a chance to ask.
 */
export function createGroupCommit(
  alone: Transact,
  inTransaction: (work: () => void) => void,
  nextTurn: () => Promise<unknown>,
): GroupCommit {
  let queue: Waiting[] = [];
  let isRunning = false;
  const expected = new Set<Promise<unknown>>();

  const enqueue = (one: Waiting): void => {
    queue.push(one);
    if (!isRunning) void runAll();
  };

  const runAll = async (): Promise<void> => {
    isRunning = true;
    while (queue.length > 0) {
      await nextTurn();
      const [first] = queue;
      if (typeof first === 'function') {
        queue.shift();
        await first();
        continue;
      }
      if (expected.size > 0) {
        await Promise.allSettled(expected);
        await nextTurn();
      }
      runGroup(takeGroup());
    }
    isRunning = false;
  };

  const takeGroup = (): Sharing[] => {
    const group: Sharing[] = [];
    let weight = 0;
    for (const one of queue) {
      if (typeof one === 'function') break;
      weight += one.weight;
      if (weight > MOST_WEIGHT && group.length > 0) break;
      group.push(one);
    }
    queue = queue.slice(group.length);
    return group;
  };

  const runGroup = (group: readonly Sharing[]): void => {
    let answers: (() => void)[] = [];
    const progress = { hasBegun: false, isDone: false };
    try {
      inTransaction(() => {
        progress.hasBegun = true;
        answers = group.map((one) => one.run());
        progress.isDone = true;
      });
    } catch (error) {
      // One of several went wrong, or a disk that is getting full took everything back: smaller transactions may fit. But
      // asking a file that somebody else holds once more for each would only block everybody for longer.
      const isInside = progress.hasBegun && !progress.isDone;
      if (group.length > 1 && (isInside || !isUnavailable(error))) {
        for (const one of group) runGroup([one]);
      } else for (const one of group) one.fail(error);
      return;
    }
    for (const answer of answers) answer();
  };

  return {
    transact: (work) =>
      new Promise((resolve, reject) => {
        enqueue(() => alone(work).then(resolve, reject));
      }),
    share: (work, weight) =>
      new Promise((resolve, reject) => {
        enqueue({
          weight,
          run: () => {
            const value = work();
            return () => resolve(value);
          },
          fail: reject,
        });
      }),
    expect: async (preparation) => {
      expected.add(preparation);
      try {
        return await preparation;
      } finally {
        expected.delete(preparation);
      }
    },
  };
}
