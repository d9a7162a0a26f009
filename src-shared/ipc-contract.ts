import type { IpcFailure } from './failures.js';
import { ACCOUNT_CALLS, type AccountCalls } from './ipc-account.js';
import { CONSENT_CALLS, type ConsentCalls } from './ipc-consent.js';
import type { EventName, Events, QuitAnswer } from './ipc-events.js';
import { GATE_CALLS, type GateCalls } from './ipc-gate.js';
import { HISTORY_CALLS, type HistoryCalls } from './ipc-history.js';
import { POLICY_CALLS, type PolicyCalls } from './ipc-policy.js';
import type { Result } from './result.js';
import type { AppView, KeychainView, SyncDetailView } from './views.js';

export type { Unsent } from './ipc-account.js';
export {
  EVENT_NAMES,
  type EventName,
  type Events,
  type QuitAnswer,
  type QuitWaiting,
} from './ipc-events.js';

/**
 * Every call from the window to the main process: the only list there is. Channel names, the preload, the handlers and
 * the test doubles are derived from it; `ipc-schemas.ts` has the payload check of each.
 */
export interface Calls extends PolicyCalls, ConsentCalls, AccountCalls, GateCalls, HistoryCalls {
  /** One snapshot of everything, at start. */
  readonly 'app.snapshot': { input: Record<string, never>; output: AppView };
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
  /** The whole first page is on the screen: what would have held it up may begin. */
  readonly 'app.drawn': { input: Record<string, never>; output: null };
  /** To the event `quit.asked`: that the question is on the screen, and then what the person says to it. */
  readonly 'quit.answer': { input: { answer: QuitAnswer }; output: null };
}

export type CallName = keyof Calls;
export type Input<Name extends CallName> = Calls[Name]['input'];
export type Output<Name extends CallName> = Calls[Name]['output'];

/** Names at run time; the compiler checks that none is missing and none is too many. */
export const CALL_NAMES = Object.keys({
  ...POLICY_CALLS,
  ...CONSENT_CALLS,
  ...ACCOUNT_CALLS,
  ...GATE_CALLS,
  ...HISTORY_CALLS,
  'app.snapshot': true,
  'sync.detail': true,
  'sync.now': true,
  'keychain.tryAgain': true,
  'language.choose': true,
  'app.open': true,
  'app.drawn': true,
  'quit.answer': true,
} satisfies Record<CallName, true>) as CallName[];

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
