import type { Bridge } from '../src-shared/ipc-contract.js';
import type { ServiceView } from '../src-shared/views.js';
import { Account } from './account.svelte.js';

/** The {@link Account} of a service, made when it is first asked for and kept with what was typed into it. */
export type Accounts = (service: string) => Account;

/** @param apply takes in the view that signing in or out leaves behind. */
export function createAccounts(bridge: Bridge, apply: (view: ServiceView) => void): Accounts {
  const accounts = new Map<string, Account>();
  return (service) => {
    const known = accounts.get(service) ?? new Account(bridge, service, apply);
    accounts.set(service, known);
    return known;
  };
}
