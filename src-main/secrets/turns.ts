/** Runs work one after another: the libraries below the keychain are not made for more. */
export interface Turns {
  /** Runs `work` when everything before it has ended, well or badly. */
  take<Value>(work: () => Promise<Value>): Promise<Value>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
