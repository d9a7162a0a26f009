import type { KeychainLibrary } from '../../../src-main/secrets/types.js';

type Call = 'getPassword' | 'setPassword' | 'deletePassword';
/** What an entry is: the last part of its account's name. */
export type SecretKind = 'token' | 'device' | 'vault' | 'anchor';

/** A keychain in memory that outlives the parts of the app that use it, and can be told to fail or to stall. */
export interface MemoryKeychain {
  readonly library: KeychainLibrary;
  /** Secrets by keychain account. */
  readonly secrets: Map<string, string>;
  /** The secrets of one kind, in the order in which they came. An anchor is no secret: it only says how far the ledger went. */
  of(kind: SecretKind): string[];
  /** The calls made so far, in order, each with the kind of entry it was about. */
  readonly calls: `${Call} ${string}`[];
  /** From now on calls about tokens wait, before or after they act; the answer lets those that wait go on. */
  stall(call: Call, when?: 'before' | 'after'): () => void;
  /** From now on nothing waits; calls that wait already go on waiting, as for a process that is gone. */
  works(): void;
  /** From now on calls like this throw, whatever they are about, or work again. */
  fail(call: Call, fails: boolean): void;
}

export function memoryKeychain(): MemoryKeychain {
  const secrets = new Map<string, string>();
  const calls: MemoryKeychain['calls'] = [];
  const gates = new Map<string, Promise<void>>();
  const failing = new Set<Call>();
  const kindOf = (account: string): string => account.split('/').at(-1) ?? '';
  const act = async <Value>(call: Call, account: string, work: () => Value): Promise<Value> => {
    calls.push(`${call} ${kindOf(account)}`);
    await gates.get(`before ${call} ${kindOf(account)}`);
    if (failing.has(call)) throw new Error('the keyring is not there');
    const value = work();
    await gates.get(`after ${call} ${kindOf(account)}`);
    return value;
  };
  return {
    secrets,
    calls,
    of: (kind) =>
      [...secrets].flatMap(([account, secret]) => (kindOf(account) === kind ? [secret] : [])),
    library: {
      getPassword: (_service, account) =>
        act('getPassword', account, () => secrets.get(account) ?? null),
      setPassword: (_service, account, password) =>
        act('setPassword', account, () => void secrets.set(account, password)),
      deletePassword: (_service, account) =>
        act('deletePassword', account, () => secrets.delete(account)),
      findCredentials: () => Promise.resolve([...secrets.keys()].map((account) => ({ account }))),
    },
    stall(call, when = 'before') {
      let open: () => void = () => undefined;
      gates.set(`${when} ${call} token`, new Promise((resolve) => (open = resolve)));
      return () => {
        gates.delete(`${when} ${call} token`);
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
