import type { DevicesView } from './account-view.js';
import type {
  AccountFailure,
  BrowserDeleteFailure,
  BrowserSignInFailure,
  LeaveFailure,
  SessionFailure,
} from './failures.js';
import type { Result } from './result.js';
import type { ServiceView } from './views.js';

/** What has not reached a service: everything that waits, and how much of it allows something. */
export interface Unsent {
  readonly waiting: number;
  readonly grants: number;
}

/** The calls about a session and about the account it belongs to. */
export interface AccountCalls {
  readonly 'session.createAccount': {
    input: { service: string; email: string; password: string; remember: boolean };
    output: Result<ServiceView, SessionFailure>;
  };
  readonly 'session.signIn': {
    input: { service: string; email: string; password: string; remember: boolean };
    output: Result<ServiceView, SessionFailure>;
  };
  /** Opens the system's browser for the person to sign in there; answers when that has come to an end. */
  readonly 'session.browserSignIn': {
    input: { service: string; remember: boolean };
    output: Result<ServiceView, BrowserSignInFailure>;
  };
  /** Opens the page that is waited for once more. */
  readonly 'session.browserOpenAgain': { input: { service: string }; output: null };
  readonly 'session.browserCancel': { input: { service: string }; output: null };
  /** What signing out would find unsent, to be told before: its grants are discarded, the rest still goes out. */
  readonly 'session.unsent': { input: { service: string }; output: Unsent };
  readonly 'session.signOut': {
    input: { service: string };
    output: Result<ServiceView, SessionFailure>;
  };
  /** Refuses everything optional for the account and signs out: the refusals still arrive, what was allowed and not sent is discarded. */
  readonly 'session.withdrawAndSignOut': {
    input: { service: string; revision: number };
    output: Result<ServiceView, LeaveFailure>;
  };
  /** Signs out of every service on this device. */
  readonly 'session.signOutEverywhere': {
    input: Record<string, never>;
    output: Result<null, SessionFailure>;
  };
  /** Signs out, then deletes everything that was decided about the service on this device, signed out too. */
  readonly 'session.signOutAndErase': {
    input: { service: string };
    output: Result<ServiceView, SessionFailure>;
  };
  /** Where the account is signed in; without a network what was last heard in this run. */
  readonly 'account.devices': {
    input: { service: string };
    output: Result<DevicesView, AccountFailure>;
  };
  /** Ends one session of the account, as it stands in the list. */
  readonly 'account.endDevice': {
    input: { service: string; session: string };
    output: Result<DevicesView, AccountFailure>;
  };
  /** Ends every session of the account but this one. */
  readonly 'account.endOthers': {
    input: { service: string };
    output: Result<DevicesView, AccountFailure>;
  };
  /** Gives the account another password; all its other sessions end. */
  readonly 'account.changePassword': {
    input: { service: string; current: string; next: string };
    output: Result<null, AccountFailure>;
  };
  /** Erases the account at its service, once the password has proved who asks, and signs out here. */
  readonly 'account.delete': {
    input: { service: string; password: string };
    output: Result<ServiceView, AccountFailure>;
  };
  /** The same for an account that is signed in to by the browser: there the person signs in once more, and that proves it. */
  readonly 'account.deleteByBrowser': {
    input: { service: string };
    output: Result<ServiceView, BrowserDeleteFailure>;
  };
}

/** Their names at run time; the compiler checks that none is missing and none is too many. */
export const ACCOUNT_CALLS = {
  'session.createAccount': true,
  'session.signIn': true,
  'session.browserSignIn': true,
  'session.browserOpenAgain': true,
  'session.browserCancel': true,
  'session.unsent': true,
  'session.signOut': true,
  'session.withdrawAndSignOut': true,
  'session.signOutEverywhere': true,
  'session.signOutAndErase': true,
  'account.devices': true,
  'account.endDevice': true,
  'account.endOthers': true,
  'account.changePassword': true,
  'account.delete': true,
  'account.deleteByBrowser': true,
} satisfies Record<keyof AccountCalls, true>;
