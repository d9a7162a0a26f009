/** What a client waits for. */
type Outside = 'network' | 'keychain';

/** One life of a client, from its start to its end or its death. */
export interface Life {
  /** Does something outside the client; nothing of it reaches a client that has died meanwhile. */
  around<Value>(what: Outside, work: () => Promise<Value>): Promise<Value>;
}

/** Every moment at which a client hands something to the outside world or gets something back: where a crash may come. */
export interface Moments {
  /** Begins a life and ends the one before: from now on nothing that it asks is done, and nothing it waits for comes. */
  newLife(): Life;
  /** How many moments there have been. */
  readonly passed: () => number;
  /** Called at each moment; while what it answers is not settled, the client waits. */
  onMoment: (moment: number) => Promise<void> | null;
}

const never = (): Promise<never> => new Promise(() => undefined);

export function openMoments(): Moments {
  let present = {};
  let passed = 0;
  const moments: Moments = {
    newLife() {
      const life = {};
      present = life;
      const moment = async (): Promise<void> => {
        if (present !== life) return never();
        passed += 1;
        await moments.onMoment(passed);
        if (present !== life) return never();
      };
      return {
        async around(_what, work) {
          await moment();
          try {
            return await work();
          } finally {
            await moment();
          }
        },
      };
    },
    passed: () => passed,
    onMoment: () => null,
  };
  return moments;
}
