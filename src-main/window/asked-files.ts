/** What the page has asked for so far, by the ending of its name. */
export interface AskedFiles {
  note(ending: string): void;
  /** Comes about when a file with this ending was asked for, or after the longest wait: a page that fails must not hold up the app. */
  once(ending: string): Promise<void>;
}

/** @param longestWait begins a wait of the longest time that a file may take to be asked for. */
export function createAskedFiles(longestWait: () => Promise<void>): AskedFiles {
  const asked = new Set<string>();
  const waiting = new Map<string, (() => void)[]>();
  return {
    note(ending) {
      asked.add(ending);
      for (const goOn of waiting.get(ending) ?? []) goOn();
      waiting.delete(ending);
    },
    once(ending) {
      if (asked.has(ending)) return Promise.resolve();
      const noted = new Promise<void>((resolve) => {
        waiting.set(ending, [...(waiting.get(ending) ?? []), resolve]);
      });
      return Promise.race([noted, longestWait()]);
    },
  };
}
