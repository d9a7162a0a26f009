/** Reads something again and again without ever reading it twice at once. */
export interface Fresh {
  /** Many wishes in a row are one more reading after the one that is under way. */
  refresh(): Promise<void>;
}

/** @param read reads once; must not throw. */
export function createFresh(read: () => Promise<void>): Fresh {
  let running: Promise<void> | null = null;
  let isStale = false;
  const run = async (): Promise<void> => {
    while (isStale) {
      isStale = false;
      await read();
    }
    running = null;
  };
  return {
    refresh() {
      isStale = true;
      return (running ??= run());
    },
  };
}
