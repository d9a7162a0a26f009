import { randomUUID } from 'node:crypto';
import { openStore, type Store } from '../../../src-main/store/index.js';

/** The store of a file that must open. */
export function mustOpen(file: string): Store {
  const opened = openStore(file, randomUUID);
  if (!opened.ok) throw new Error(`the store does not open: ${JSON.stringify(opened.error)}`);
  return opened.value;
}

/** Runs `work` as one transaction that must succeed. */
export function mustCommit<Value>(store: Store, work: () => Value): Value {
  const committed = store.commit(work);
  if (!committed.ok) throw new Error(`not committed: ${committed.error}`);
  return committed.value;
}
