import type { DevicesView } from './account-view.js';
import type {
  AccountFailure,
  BrowserSignInFailure,
  ConsentFailure,
  IpcFailure,
  LeaveFailure,
  SessionFailure,
} from './failures.js';
import { GATE_CALLS, type GateCalls } from './ipc-gate.js';
import { HISTORY_CALLS, type HistoryCalls } from './ipc-history.js';
import type { PolicyDifference } from './policy-difference.js';
import type { PolicyVersionsView } from './policy-versions.js';
import type { PageName } from './pages.js';
import type { Result } from './result.js';
import type { AppView, KeychainView, PolicyView, ServiceView, SyncDetailView } from './views.js';
import type { Action } from './consent/decision.js';

/**
 * Every call from the window to the main process: the only list there is. Channel names, the preload, the handlers and
 * the test doubles are derived from it; `ipc-schemas.ts` has the payload check of each.
 */
export interface Calls extends GateCalls, HistoryCalls {
  /** One snapshot of everything, at start. */
  readonly 'app.snapshot': { input: Record<string, never>; output: AppView };
  /** The policy of a service, whole, in the language shown. */
  readonly 'policy.read': {
    input: { service: string };
    output: Result<PolicyView, ConsentFailure>;
  };
  /** Every version of a policy that is at hand, and when the service was last asked for its own. */
  'policy.versions': {
    input: { service: string };
    output: Result<PolicyVersionsView, { readonly code: 'unknown-service' }>;
  };
  /** One version, whole, in the language shown. */
  'policy.readVersion': {
    input: { service: string; version: string };
    output: Result<PolicyView, { readonly code: 'unknown-service' | 'unknown-version' }>;
  };
  /** What differs between two versions that are at hand; `from` null: the version before `to`. */
  readonly 'policy.difference': {
    input: { service: string; from: string | null; to: string };
    output: Result<PolicyDifference, { readonly code: 'unknown-service' | 'not-comparable' }>;
  };
  /**
   * The person presses: kept on this device before the answer comes. The answer names the screen that the press leaves behind;
   * what it looks like comes right after as `service.changed`, because "saved" need not wait for it.
   */
  readonly 'consent.decide': {
    input: {
      service: string;
      /** The screen that was answered ({@link ServiceView.revision}). */
      revision: number;
      action: Exclude<Action, 'signal'>;
      surface: 'banner' | 'settings';
      /** For `save`: purpose and whether it is granted. Empty otherwise: the action says it all. */
      choices: Record<string, 'granted' | 'denied'>;
    };
    output: Result<{ readonly revision: number }, ConsentFailure>;
  };
  /** A rule of this device, whoever is signed in: a purpose never opens here, or may open again as was decided. */
  readonly 'limits.neverHere': {
    input: { service: string; purpose: string; isNever: boolean };
    output: Result<ServiceView, ConsentFailure>;
  };
  /**
   * The opt-out signal (Global Privacy Control), for every service: switching it on refuses what it speaks of, switching it off
   * allows nothing.
   */
  readonly 'limits.signal': { input: { isOn: boolean }; output: Result<null, ConsentFailure> };
  /** Esc or closing: no answer. */
  readonly 'banner.dismiss': { input: { service: string }; output: null };
  /** The person asks for the question again. */
  readonly 'banner.callBack': { input: { service: string }; output: null };
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
  /** The answer to "This device's choices": take them over to the account, or leave them on the device. */
  readonly 'session.deviceChoices': {
    input: { service: string; revision: number; takeOver: boolean };
    output: Result<ServiceView, ConsentFailure>;
  };
  /** A suspect ledger is put aside and begun anew: nothing optional is open, and the person is asked again. */
  readonly 'ledger.startOver': {
    input: { service: string };
    output: Result<ServiceView, ConsentFailure>;
  };
  /** What waits, since when, what was tried and when it is tried again. */
  readonly 'sync.detail': {
    input: { service: string };
    output: Result<SyncDetailView, { readonly code: 'unknown-service' }>;
  };
  /** "Try now". */
  readonly 'sync.now': { input: { service: string }; output: null };
  /** The person wants the system keychain to be asked again; where it is locked, the system asks them to unlock it. */
  readonly 'keychain.tryAgain': { input: Record<string, never>; output: KeychainView };
  /** The person chooses a language of Sayso's, kept on this device; null: the system's. Answered by `language.changed`. */
  readonly 'language.choose': { input: { lang: string | null }; output: null };
  /** Which service the window shows, for the title and for what wakes first. */
  readonly 'app.open': { input: { service: string }; output: null };
  /** To the event `quit.asked`: that the question is on the screen, and then what the person says to it. */
  readonly 'quit.answer': { input: { answer: QuitAnswer }; output: null };
}

/** What has not reached a service: everything that waits, and how much of it allows something. */
export interface Unsent {
  readonly waiting: number;
  readonly grants: number;
}

/** What would be left waiting for one service when Sayso quits. */
export interface QuitWaiting extends Unsent {
  /** The service's name. */
  readonly service: string;
  /** The session is not kept, so quitting signs out: what allows is discarded, what refuses still goes out. */
  readonly endsSession: boolean;
}

export type QuitAnswer = 'shown' | 'quit' | 'keep-open';

/** Every event from the main process to its windows. */
export interface Events {
  readonly 'service.changed': ServiceView;
  readonly 'keychain.changed': AppView['keychain'];
  /** What `sync.detail` says may have changed. Not every such change is one of the {@link ServiceView}. */
  readonly 'sync.changed': { readonly service: string };
  /** What `gate.read` or `device.read` says may have changed. */
  readonly 'gate.changed': { readonly service: string };
  /** The person closes the last window or chooses "Quit" while something waits. */
  readonly 'quit.asked': { readonly waiting: readonly QuitWaiting[] };
  /** The language of the window from now on, and the one that was chosen; null: the system's. */
  readonly 'language.changed': { readonly lang: string; readonly chosen: string | null };
  /** A link was handed to Sayso that leads nowhere; nothing came of it. */
  readonly 'link.refused': Record<string, never>;
  /** The person chose an entry of the menu that the page itself carries out. */
  readonly 'menu.pressed': { readonly item: 'help' | 'find' | 'sync' };
  /** A menu item, a link or a second start asks for a page. */
  readonly 'app.navigate': {
    service: string | null;
    page: PageName;
  };
}

export type CallName = keyof Calls;
export type EventName = keyof Events;
export type Input<Name extends CallName> = Calls[Name]['input'];
export type Output<Name extends CallName> = Calls[Name]['output'];

/** Names at run time; the compiler checks that none is missing and none is too many. */
export const CALL_NAMES = Object.keys({
  'app.snapshot': true,
  'policy.read': true,
  'policy.versions': true,
  'policy.readVersion': true,
  'policy.difference': true,
  'consent.decide': true,
  'limits.neverHere': true,
  'limits.signal': true,
  'banner.dismiss': true,
  'banner.callBack': true,
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
  'session.deviceChoices': true,
  'ledger.startOver': true,
  'sync.detail': true,
  'sync.now': true,
  'keychain.tryAgain': true,
  ...GATE_CALLS,
  'language.choose': true,
  ...HISTORY_CALLS,
  'app.open': true,
  'quit.answer': true,
} satisfies Record<CallName, true>) as CallName[];

export const EVENT_NAMES = Object.keys({
  'service.changed': true,
  'keychain.changed': true,
  'sync.changed': true,
  'gate.changed': true,
  'quit.asked': true,
  'language.changed': true,
  'menu.pressed': true,
  'link.refused': true,
  'app.navigate': true,
} satisfies Record<EventName, true>) as EventName[];

/** The channel of a call or event: a prefix of our own, so that nothing else on the wire can be mistaken for it. */
export function channelOf(name: CallName | EventName): string {
  return `sayso:${name}`;
}

/** What the window finds as `window.sayso`. Refusals of the wrapper itself (sender, payload) come as values too. */
export interface Bridge {
  call<Name extends CallName>(
    name: Name,
    input: Input<Name>,
  ): Promise<Result<Output<Name>, IpcFailure>>;
  /** Subscribes; the answer unsubscribes. */
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
}
