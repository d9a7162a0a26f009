import type { KeychainLibrary } from './types.js';

/** A call of the library as it travels to the helper. */
export interface HelperCall {
  readonly id: number;
  readonly call: keyof KeychainLibrary;
  readonly args: readonly string[];
}

/** What comes back for a call; why one failed is found out by a look from outside, so it is not said. */
export type HelperAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false };

/** A process of ours that has the library to itself. */
export interface HelperProcess {
  postMessage(message: HelperCall): void;
  onMessage(listener: (answer: HelperAnswer) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

/**
 * The library in a process of its own, which ends with ours: the one way to be rid of what the library remembers of a keychain
 * that is no more. Each call of the answer starts a fresh process and ends the one before.
 */
export function createHelperLibrary(start: () => HelperProcess): () => KeychainLibrary {
  let running: HelperProcess | null = null;
  return () => {
    running?.kill();
    const helper = start();
    running = helper;
    const waiting = new Map<number, (answer: HelperAnswer) => void>();
    let isGone = false;
    let last = 0;
    helper.onMessage((answer) => {
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    });
    helper.onExit(() => {
      isGone = true;
      for (const [id, settle] of waiting) settle({ id, ok: false });
      waiting.clear();
    });
    const ask = (call: HelperCall['call'], args: readonly string[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        last += 1;
        const settle = (answer: HelperAnswer): void => {
          if (answer.ok) resolve(answer.value);
          else reject(new Error('the keychain did not do it'));
        };
        if (isGone) {
          settle({ id: last, ok: false });
          return;
        }
        waiting.set(last, settle);
        helper.postMessage({ id: last, call, args });
      });
    return {
      getPassword: async (service, account) => {
        const found = await ask('getPassword', [service, account]);
        return typeof found === 'string' ? found : null;
      },
      setPassword: async (service, account, password) => {
        await ask('setPassword', [service, account, password]);
      },
      deletePassword: async (service, account) =>
        (await ask('deletePassword', [service, account])) === true,
      // The helper is ours and hands on what the library itself says.
      findCredentials: async (service) =>
        (await ask('findCredentials', [service])) as Awaited<
          ReturnType<KeychainLibrary['findCredentials']>
        >,
    };
  };
}
