import { failed, type Result } from '../../src-shared/result.js';
import type { ServiceView } from '../../src-shared/views.js';
import type { Account } from '../account/index.js';
import type { Sync } from '../sync/index.js';
import type { CallHandlers } from './answers.js';

const UNKNOWN = { code: 'unknown-service' } as const;

type AccountCall =
  | 'session.withdrawAndSignOut'
  | 'session.signOutEverywhere'
  | 'session.signOutAndErase'
  | `account.${'devices' | 'endDevice' | 'endOthers' | 'changePassword' | 'delete' | 'deleteByBrowser'}`;

/** What the calls about accounts act on. */
export interface AccountHandlerParts {
  readonly account: Account;
  readonly sync: Pick<Sync, 'wake'>;
  /** After a success, the service as it stands now. */
  readonly withView: <Failure>(
    outcome: Result<null, Failure>,
    service: string,
  ) => Result<ServiceView, Failure | typeof UNKNOWN>;
}

/** Connects the calls about accounts, and the ways to leave one, with the account room. */
export function createAccountHandlers({
  account,
  sync,
  withView,
}: AccountHandlerParts): Pick<CallHandlers, AccountCall> {
  /** What was left behind is sent at once, whether or not all of it worked. */
  const afterwards = <Failure>(outcome: Result<null, Failure>, service: string) => {
    sync.wake(service);
    return withView(outcome, service);
  };
  return {
    'session.withdrawAndSignOut': async ({ service, revision }) =>
      afterwards(await account.withdrawAndSignOut(service, revision), service),
    'session.signOutEverywhere': () => account.signOutEverywhere(),
    'session.signOutAndErase': async ({ service }) =>
      afterwards(await account.signOutAndErase(service), service),
    'account.devices': ({ service }) => account.devices(service),
    'account.endDevice': ({ service, session }) => account.endDevice(service, session),
    'account.endOthers': ({ service }) => account.endOthers(service),
    'account.changePassword': ({ service, current, next }) =>
      account.changePassword(service, { current, next }),
    'account.delete': async ({ service, password }) =>
      afterwards(await account.deleteAccount(service, password), service),
    'account.deleteByBrowser': async ({ service }) =>
      afterwards(await account.deleteByBrowser(service), service),
  };
}

/** The same calls when the profile cannot be used. */
export function createFatalAccountHandlers(): Pick<CallHandlers, AccountCall> {
  const unknown = () => failed(UNKNOWN);
  return {
    'session.withdrawAndSignOut': unknown,
    'session.signOutEverywhere': unknown,
    'session.signOutAndErase': unknown,
    'account.devices': unknown,
    'account.endDevice': unknown,
    'account.endOthers': unknown,
    'account.changePassword': unknown,
    'account.delete': unknown,
    'account.deleteByBrowser': unknown,
  };
}
