import { writeSync } from 'node:fs';
import type { Fetch } from '../../../src-main/api/index.js';
import type { KeychainLibrary } from '../../../src-main/secrets/types.js';
import type { Store } from '../../../src-main/store/index.js';

/**
 * One line of what a child that dies says, as JSON: a step that it reached, what the act came to, or texts that are found nowhere
 * but in what the act is about.
 */
export type StepLine =
  | { readonly step: string }
  | { readonly done: boolean; readonly detail: unknown }
  | { readonly marks: Readonly<Record<string, readonly string[]>> };

export function say(line: StepLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

/** Counts what an app does to the world outside it, and ends the process at one of these steps, as a power cut does. */
export interface Steps {
  /** From here on steps are counted. */
  begin(): void;
  store(store: Store): Store;
  keychain(library: KeychainLibrary): KeychainLibrary;
  fetch(fetch: Fetch): Fetch;
  /** @param go what happens in the browser, by itself. */
  browser(go: (address: string) => void): (address: string) => Promise<boolean>;
}

/**
 * @param dieAt the number of the step that is its last; the first is 1.
 * @param isStep which of them count; left out: all.
 */
export function createSteps(dieAt: number, isStep = (_step: string): boolean => true): Steps {
  let counts = false;
  let count = 0;
  const reach = (step: string): void => {
    if (!counts || !isStep(step)) return;
    count += 1;
    say({ step });
    if (count === dieAt) process.kill(process.pid, 'SIGKILL');
  };
  const around = async <Value>(name: string, work: () => Promise<Value>): Promise<Value> => {
    reach(`before ${name}`);
    const value = await work();
    reach(`after ${name}`);
    return value;
  };
  const kind = (account: string): string => account.split('/').at(-1) ?? '';
  return {
    begin() {
      counts = true;
    },
    store: (store) => ({
      ...store,
      commit(work) {
        reach('before a commit');
        const outcome = store.commit(work);
        reach('after a commit');
        return outcome;
      },
      truncateLog() {
        store.truncateLog();
        reach('after the log was cut');
      },
    }),
    keychain: (library) => ({
      getPassword: (service, account) =>
        around(`get ${kind(account)}`, () => library.getPassword(service, account)),
      setPassword: (service, account, secret) =>
        around(`set ${kind(account)}`, () => library.setPassword(service, account, secret)),
      deletePassword: (service, account) =>
        around(`delete ${kind(account)}`, () => library.deletePassword(service, account)),
      findCredentials: (service) => library.findCredentials(service),
    }),
    browser: (go) => (address) =>
      around('open the browser', () => {
        go(address);
        return Promise.resolve(true);
      }),
    fetch: (fetch) => (url, init) =>
      around(`${init.method ?? 'GET'} ${new URL(url).pathname}`, () => fetch(url, init)),
  };
}
