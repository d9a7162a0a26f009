import type {
  AccountFailure,
  BrowserDeleteFailure,
  IpcFailure,
} from '../../src-shared/failures.js';
import type { Bridge } from '../../src-shared/ipc-contract.js';
import { ok, type Result } from '../../src-shared/result.js';
import type { ServiceView } from '../../src-shared/views.js';
import { ask } from '../bridge.js';
import type { Schedule } from '../choices.svelte.js';
import type AccountPanel from '../components/account/AccountPanel.svelte';
import type BrowserSignIn from '../components/account/BrowserSignIn.svelte';
import type Ended from '../components/account/Ended.svelte';
import type KeychainState from '../components/keychain/KeychainState.svelte';
import type { BrowserSigning } from './browser-signing.svelte.js';
import type { DevicesLog } from './devices-log.svelte.js';
import type { Leaving } from './leaving.svelte.js';

type Done = Promise<Result<null, AccountFailure | IpcFailure>>;

/** What acts on the account of one service. */
export interface AccountActs {
  readonly leaving: Leaving;
  readonly browser: BrowserSigning;
  readonly newDevicesLog: () => DevicesLog;
  readonly changePassword: (current: string, next: string) => Done;
  readonly remove: (password: string) => Done;
  /** Comes about when the person has signed in once more and the account is gone, or the try is over. */
  readonly removeByBrowser: () => Promise<Result<null, BrowserDeleteFailure | IpcFailure>>;
}

/** What Me shows of an account beside who is signed in; fetched when Me is first opened. */
export interface OpenedAccount {
  readonly Panel: typeof AccountPanel;
  readonly BrowserSignIn: typeof BrowserSignIn;
  readonly Ended: typeof Ended;
  readonly KeychainState: typeof KeychainState;
  /** Has the system keychain asked again; what came of it arrives as an event. */
  readonly tryKeychainAgain: () => Promise<unknown>;
  readonly actsOf: (service: string) => AccountActs;
}

/**
 * @param apply takes in the view that an act leaves behind.
 * @param onSaved told when a choice was kept.
 * @returns fetches it at its first call, and is the same from then on.
 */
export function accountOpener(
  bridge: Bridge,
  schedule: Schedule,
  apply: (view: ServiceView) => void,
  onSaved: (service: string) => void,
): () => Promise<OpenedAccount> {
  let opened: Promise<OpenedAccount> | null = null;
  const open = async (): Promise<OpenedAccount> => {
    const parts = await import('./parts.js');
    const known = new Map<string, AccountActs>();
    const actsOf = (service: string): AccountActs => {
      const acts = known.get(service) ?? makeActs(service);
      known.set(service, acts);
      return acts;
    };
    const makeActs = (service: string): AccountActs => ({
      browser: new parts.BrowserSigning(bridge, service, apply),
      leaving: new parts.Leaving(bridge, service, apply, onSaved),
      newDevicesLog: () => new parts.DevicesLog(bridge, service, schedule),
      changePassword: (current, next) =>
        ask(bridge, 'account.changePassword', { service, current, next }),
      async remove(password) {
        const outcome = await ask(bridge, 'account.delete', { service, password });
        if (!outcome.ok) return outcome;
        apply(outcome.value);
        return ok(null);
      },
      async removeByBrowser() {
        const outcome = await ask(bridge, 'account.deleteByBrowser', { service });
        if (!outcome.ok) return outcome;
        apply(outcome.value);
        return ok(null);
      },
    });
    return {
      Panel: parts.Panel,
      BrowserSignIn: parts.BrowserSignIn,
      Ended: parts.Ended,
      KeychainState: parts.KeychainState,
      tryKeychainAgain: () => ask(bridge, 'keychain.tryAgain', {}),
      actsOf,
    };
  };
  return () => (opened ??= open());
}
