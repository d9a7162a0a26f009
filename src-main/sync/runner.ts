/** Runs one piece of work at a time; a wish that comes while it runs leads to exactly one more run after it. */
export interface Runner {
  run(): void;
  /** Nothing starts any more; what runs is waited for. */
  stop(): Promise<void>;
}

/** @param work must not reject. */
export function createRunner(work: () => Promise<void>): Runner {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const start = (): void => {
    again = false;
    running = work().finally(() => {
      running = null;
      if (again && !stopped) start();
    });
  };

  return {
    run() {
      if (stopped) return;
      if (running) again = true;
      else start();
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
