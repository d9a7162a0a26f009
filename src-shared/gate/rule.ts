import { SIGNAL_PURPOSES } from '../consent/purpose-kind.js';
import type { PurposeState } from '../consent/effective-state.js';
import type { PurposeKind } from '../policy-text.js';
import type { ClockView, LedgerView, SubjectView } from '../views.js';
import type { DeclaredTool } from './tool.js';

/** What one purpose comes to, as far as the gate is concerned. Times in milliseconds since 1970. */
export interface PurposeFact {
  readonly kind: PurposeKind;
  readonly state: PurposeState;
  /** When a grant ends; null where there is none. */
  readonly untilMs: number | null;
}

/** Everything the gate knows of one service at one moment. */
export interface GateFacts {
  readonly ledger: LedgerView['state'];
  readonly subject: SubjectView['kind'];
  /** Whether the account's decisions were fetched since the sign-in; true for the signed-out person, who has no account. */
  readonly isPulled: boolean;
  readonly clock: ClockView;
  readonly trustedNowMs: number;
  readonly purposes: Readonly<Record<string, PurposeFact>>;
  /** The opt-out signal is on: here, or for the account. */
  readonly optOutSignal: boolean;
  /** Purposes that never open on this device, whoever is signed in. */
  readonly neverHere: readonly string[];
  /** Purposes that are being refused at this moment, or whose refusal the disk did not take; `*` stands for all. */
  readonly beingRefused: readonly string[];
}

/** Why a tool may not act. */
export type ClosedReason =
  /** Nothing is known of the service (yet): the app is starting, or its database cannot be read. */
  | 'not-read'
  /** The ledger is not compared with its anchor yet, or not what was written. */
  | 'ledger-checking'
  | 'ledger-suspect'
  /** The session is not unlocked, its account's decisions are not fetched yet, or the service no longer accepts it. */
  | 'locked'
  | 'not-pulled'
  | 'session-expired'
  /** The device's clock was put back by more than five minutes. */
  | 'clock-behind'
  | 'being-refused'
  | 'never-on-this-device'
  | 'opt-out-signal'
  | 'refused'
  | 'not-asked'
  | 'ask-again'
  | 'expired'
  /** The service's policy in force has no such purpose for the person to decide on. */
  | 'unknown-purpose';

/** Whether a tool may act, and why not. */
export type ToolRuling =
  { readonly isOpen: true } | { readonly isOpen: false; readonly reason: ClosedReason };

const OPEN: ToolRuling = { isOpen: true };
const closed = (reason: ClosedReason): ToolRuling => ({ isOpen: false, reason });

/**
 * Whether one tool may act now. Everything has to speak for it; what is unknown, unreadable or in none of the expected
 * states speaks against it. Necessary purposes have no tools: what is always on needs no gate.
 * @param facts null while nothing of the service can be read.
 */
export function rulingFor(
  tool: Pick<DeclaredTool, 'purpose'>,
  facts: GateFacts | null,
): ToolRuling {
  const whole = wholeReason(facts);
  if (facts === null || whole !== null) return closed(whole ?? 'not-read');
  const { purpose } = tool;
  const refusedNow = facts.beingRefused;
  if (refusedNow.includes('*') || refusedNow.includes(purpose)) return closed('being-refused');
  const fact = Object.hasOwn(facts.purposes, purpose) ? facts.purposes[purpose] : undefined;
  if (fact?.kind !== 'optional' && fact?.kind !== 'opt-out') return closed('unknown-purpose');
  if (facts.neverHere.includes(purpose)) return closed('never-on-this-device');
  if (facts.optOutSignal && SIGNAL_PURPOSES.includes(purpose)) return closed('opt-out-signal');
  if (fact.state === 'granted') {
    // Compared this way round so that a time that is no number is over, too.
    const isLasting = fact.untilMs !== null && fact.untilMs > facts.trustedNowMs;
    return isLasting ? OPEN : closed('expired');
  }
  return closed(REASONS[fact.state] ?? 'not-read');
}

/** What closes everything of a service, whatever was allowed; null where nothing does. */
function wholeReason(facts: GateFacts | null): ClosedReason | null {
  if (facts === null) return 'not-read';
  const { ledger, subject, isPulled, clock } = facts;
  if (ledger === 'suspect') return 'ledger-suspect';
  if (ledger !== 'sound' && ledger !== 'unanchored') return 'ledger-checking';
  if (subject === 'expired') return 'session-expired';
  if (subject !== 'signed-out' && subject !== 'signed-in') return 'locked';
  if (subject === 'signed-in' && !isPulled) return 'not-pulled';
  // A clock that is ahead only ends grants sooner, so it closes nothing by itself.
  return clock === 'fine' || clock === 'ahead' ? null : 'clock-behind';
}

const REASONS: Readonly<Partial<Record<PurposeState, ClosedReason>>> = {
  denied: 'refused',
  'not-asked': 'not-asked',
  'ask-again': 'ask-again',
  expired: 'expired',
};

/** Closed for want of knowledge: it may be open again in a moment, and what a tool has kept stays where it is. */
const PASSING: readonly ClosedReason[] = [
  'not-read',
  'ledger-checking',
  'ledger-suspect',
  'locked',
  'not-pulled',
  'session-expired',
  'clock-behind',
];

/** Whether a closed tool has nothing more to keep: its queue and its stored data are deleted. */
export function endsForGood(reason: ClosedReason): boolean {
  return !PASSING.includes(reason);
}
