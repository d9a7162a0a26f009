/** Something to be done for keys, each at most once at a time. */
export interface Worker {
  /** Asks for it. What is asked for while it is being done is done once more afterwards. */
  readonly ask: (key: string) => void;
}

/**
 * Does `work` for the keys that are asked for, at most `most` of them at once, in the order of asking. However often a key is
 * asked for, it waits only once, so a flood of news about one account costs no more than it takes to keep up.
 * @param work must not reject.
 */
export function createWorker(most: number, work: (key: string) => Promise<void>): Worker {
  const waiting = new Set<string>();
  const underWay = new Set<string>();
  const next = (): void => {
    for (const key of waiting) {
      if (underWay.size >= most) return;
      if (underWay.has(key)) continue;
      waiting.delete(key);
      underWay.add(key);
      void work(key).then(() => {
        underWay.delete(key);
        next();
      });
    }
  };
  return {
    ask(key) {
      waiting.add(key);
      next();
    },
  };
}
