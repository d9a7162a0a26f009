import type { KeychainLibrary } from '../../../src-main/secrets/keychain.js';

type Call = 'getPassword' | 'setPassword' | 'deletePassword';

/** A keychain in memory that outlives the parts of the app that use it, and can be told to fail or to stall. */
export interface MemoryKeychain {
  readonly library: KeychainLibrary;
  /** Secrets by keychain account. */
  readonly secrets: Map<string, string>;
  /** The calls made so far, in order. */
  readonly calls: Call[];
  /** From now on calls of this kind wait, before or after they act; the answer lets those that wait go on. */
  stall(call: Call, when?: 'before' | 'after'): () => void;
  /** From now on nothing waits; calls that wait already go on waiting, as for a process that is gone. */
  works(): void;
  /** From now on calls of this kind throw, or work again. */
  fail(call: Call, fails: boolean): void;
}

export function memoryKeychain(): MemoryKeychain {
  const secrets = new Map<string, string>();
  const calls: Call[] = [];
  const gates = new Map<string, Promise<void>>();
  const failing = new Set<Call>();
  const act = async <Value>(call: Call, work: () => Value): Promise<Value> => {
    calls.push(call);
    await gates.get(`before ${call}`);
    if (failing.has(call)) throw new Error('the keyring is not there');
    const value = work();
    await gates.get(`after ${call}`);
    return value;
  };
  return {
    secrets,
    calls,
    library: {
      getPassword: (_service, account) => act('getPassword', () => secrets.get(account) ?? null),
      setPassword: (_service, account, password) =>
        act('setPassword', () => void secrets.set(account, password)),
      deletePassword: (_service, account) => act('deletePassword', () => secrets.delete(account)),
    },
    stall(call, when = 'before') {
      let open: () => void = () => undefined;
      gates.set(`${when} ${call}`, new Promise((resolve) => (open = resolve)));
      return () => {
        gates.delete(`${when} ${call}`);
        open();
      };
    },
    works() {
      gates.clear();
    },
    fail(call, fails) {
      if (fails) failing.add(call);
      else failing.delete(call);
    },
  };
}
