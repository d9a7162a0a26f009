import { sql, type Kysely, type Transaction } from 'kysely';
import { isUnavailable } from './failures.js';
import type { Tables } from './tables.js';
import type { Transact } from './transactions.js';

/** How much one commit takes on: enough to share its cost, not so much that others wait long for the one connection. */
const MOST_WEIGHT = 1000;

interface Waiting {
  readonly weight: number;
  /** Runs it in the transaction of a group. @returns what to call once that transaction has been committed. */
  readonly run: (transaction: Transaction<Tables>) => Promise<() => void>;
  /** Runs it in a transaction of its own and answers. */
  readonly runAlone: () => Promise<void>;
  readonly fail: (error: unknown) => void;
}

/**
 * Transactions that share commits, for a database with one connection, where each commit waits for the disk: whatever asks
 * while one is under way, or in the same turn of the event loop, goes into one. Each has a savepoint, so that one that fails
 * takes back only itself. Nobody is answered before the commit, and all are told when that fails.
 * @param alone runs one transaction by itself.
 * @param nextTurn resolves once everything that is ready has been given a chance to ask.
 */
export function createGroupCommit(
  db: Kysely<Tables>,
  alone: Transact,
  nextTurn: () => Promise<unknown>,
): Transact {
  let queue: Waiting[] = [];
  let isRunning = false;

  const runAll = async (): Promise<void> => {
    isRunning = true;
    while (queue.length > 0) {
      await nextTurn();
      const group = takeGroup();
      const [first, second] = group;
      if (first && !second) await first.runAlone();
      else await runGroup(group);
    }
    isRunning = false;
  };

  const takeGroup = (): readonly Waiting[] => {
    let weight = 0;
    const end = queue.findIndex((one) => (weight += one.weight) > MOST_WEIGHT);
    const count = end === -1 ? queue.length : Math.max(1, end);
    const group = queue.slice(0, count);
    queue = queue.slice(count);
    return group;
  };

  const runGroup = async (group: readonly Waiting[]): Promise<void> => {
    const answers: (() => void)[] = [];
    try {
      await db.transaction().execute(async (transaction) => {
        for (const one of group) answers.push(await one.run(transaction));
      });
    } catch (error) {
      // Asking a file that somebody else holds once more for each would only block everybody for longer.
      if (isUnavailable(error)) for (const one of group) one.fail(error);
      // A disk that is getting full may take the whole transaction back, savepoints and all; smaller ones may fit.
      else for (const one of group) await one.runAlone();
      return;
    }
    for (const answer of answers) answer();
  };

  return (work, weight = 1) =>
    new Promise((resolve, reject) => {
      queue.push({
        weight,
        run: async (transaction) => {
          await sql`savepoint one`.execute(transaction);
          try {
            const value = await work(transaction);
            await sql`release one`.execute(transaction);
            return () => resolve(value);
          } catch (thrown) {
            const error = thrown instanceof Error ? thrown : new Error(String(thrown));
            await sql`rollback to one`.execute(transaction);
            await sql`release one`.execute(transaction);
            return () => reject(error);
          }
        },
        fail: reject,
        runAlone: () => alone(work).then(resolve, reject),
      });
      if (!isRunning) void runAll();
    });
}
