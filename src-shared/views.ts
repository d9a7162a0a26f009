import type { ArrivalView } from './arrival-view.js';
import type { BannerKind } from './consent/asking.js';
import type { PurposeState } from './consent/effective-state.js';
import type { ProfileProblem } from './manifest.js';
import type { Label, PurposeKind, Section } from './policy-text.js';

/**
 * What keeps a purpose closed on this device whatever was decided, only ever on top of it: the person wants it never here, or
 * the opt-out signal is on.
 */
export type Limit = 'never-here' | 'signal';

/** One purpose as it stands now. Words for it (name, what, why) come with the policy. */
export interface PurposeView {
  readonly id: string;
  readonly kind: PurposeKind;
  /** Always `granted` for what is necessary. */
  readonly state: PurposeState;
  /** The press it rests on, UTC; null when there was none. */
  readonly since: string | null;
  /** When a grant ends, UTC. */
  readonly until: string | null;
  /** The person refused it on this device before signing in, and that goes on holding here. */
  readonly heldByDevice: boolean;
  /** Whether the press it rests on was made on this device. */
  readonly saidHere: boolean;
  /** The newest grant that would count, were it not for a refusal that had not seen it, UTC: to be settled by one press. */
  readonly overruledGrantAt: string | null;
  /** What keeps it closed here whatever was decided; `state` is then `denied`. */
  readonly limit: Limit | null;
  /** Whether the person wants it never on this device. */
  readonly neverHere: boolean;
}

/** What the ledger's check has found; whatever is not known to be sound opens nothing. */
export interface LedgerView {
  /** `unanchored`: sound in itself, but no keychain could tell whether it is the newest. */
  readonly state: 'checking' | 'sound' | 'unanchored' | 'suspect';
  /** Why it is suspect: older than its anchor, changed, forked, from another profile, or not readable. */
  readonly reason: 'older' | 'changed' | 'forked' | 'foreign' | 'unreadable' | null;
}

/** Whether this device's clock can be believed; what has run out is found by the latest time ever proven. */
export type ClockView = 'fine' | 'behind' | 'ahead';

/** A policy version that is published and not yet in force, or in force and not yet answered. */
export interface AnnouncementView {
  readonly version: string;
  /** The version to compare it with: the one last answered, or the one still in force; null where nobody knows it. */
  readonly from: string | null;
  /** UTC. */
  readonly effectiveAt: string;
  readonly isInForce: boolean;
  /** The optional purposes it changes materially: they are asked about again. */
  readonly purposes: readonly string[];
  /** What changes, one sentence each. */
  readonly summaries: readonly string[];
}

/** Who the decisions of a service belong to at the moment. */
export type SubjectView =
  | {
      readonly kind: 'signed-out';
      /**
       * What ended the session in this run other than a plain sign-out: another device or a new password, the account's own end,
       * or the wish to leave nothing here. With the last three the whole service is being forgotten on this device, or is, or is not all yet.
       */
      readonly because?:
        | 'ended-elsewhere'
        | 'account-deleted'
        | 'erased'
        | 'forgetting'
        | 'forgotten'
        | 'not-forgotten';
    }
  /** A remembered session whose token the keychain has not given yet. */
  | { readonly kind: 'unlocking' }
  | {
      readonly kind: 'signed-in';
      /** Null until the service has been asked: it is not kept on this device. */
      readonly email: string | null;
      /** Whether the session outlives the app: its token is in the system keychain. */
      readonly remembered: boolean;
      readonly expiresAt: string;
    }
  /** The service no longer accepts the session: choices are kept and wait for a sign-in to the same account. */
  | { readonly kind: 'expired' };

/**
 * What the status line speaks of. `saved` is not here: it is an event, shown for two seconds after each save.
 * `refused`: the service answered and said no to something; `confused`: it answered something that is no answer.
 */
export interface SyncView {
  readonly state: 'waiting' | 'offline' | 'synced' | 'error' | 'local';
  /** Decisions on this device that the service has not received. */
  readonly waiting: number;
  readonly problem:
    | 'none'
    | 'no-network'
    | 'server-error'
    | 'not-understood'
    | 'no-service'
    | 'refused'
    | 'session-expired';
}

/** One try to reach the service. */
export interface SyncTry {
  /** UTC. */
  readonly at: string;
  readonly problem: SyncView['problem'];
}

/** Something said here that the service does not have. */
export interface SyncItem {
  readonly id: string;
  /** When it was said, UTC. */
  readonly at: string;
  readonly state: 'waiting' | 'sending' | 'refused';
  /** What it said, purpose by purpose; empty for an acknowledgement and for what has been erased. */
  readonly choices: Readonly<Record<string, 'granted' | 'denied'>>;
  /** Why the service refused it: the problem's type and its own words; null while it was not refused. */
  readonly refusal: { readonly type: string; readonly detail: string | null } | null;
  /** A grant that waits for a sign-in, because only a refusal travels without a session. */
  readonly needsSignIn: boolean;
}

/** What the "Sync" detail shows: what waits, since when, what was tried, and when it is tried again. */
export interface SyncDetailView {
  readonly service: string;
  readonly sync: SyncView;
  /** Where the service is reached. */
  readonly address: string | null;
  /** Whether the service tells this device of news at once. */
  readonly live: boolean;
  readonly lastReachedAt: string | null;
  readonly nextTryAt: string | null;
  /** Newest first, at most 20. */
  readonly tries: readonly SyncTry[];
  /** Oldest first, at most 100; the counts are of all. */
  readonly items: readonly SyncItem[];
  readonly counts: { readonly waiting: number; readonly refused: number };
  /** Refusals of earlier, signed-out sessions that are still to be sent. */
  readonly parting: number;
}

/** How a person signs in to a service. */
export type SignInView =
  | { readonly way: 'password' }
  | {
      readonly way: 'browser';
      /** The provider that the person signs in at, such as `login.example.org`. */
      readonly host: string;
      /** Whether a try is under way: the browser is being opened, or is open and waited for. */
      readonly state: 'idle' | 'opening' | 'open';
    };

/** Everything the window shows of one service. `revision` names this very screen when the person answers it. */
export interface ServiceView {
  readonly id: string;
  readonly name: string;
  readonly publisher: string;
  readonly revision: number;
  readonly signIn: SignInView;
  readonly bannerKind: BannerKind;
  readonly bannerShows: boolean;
  readonly purposes: readonly PurposeView[];
  /** Whether the opt-out signal is on. */
  readonly signal: boolean;
  readonly subject: SubjectView;
  /** Whether to ask if this device's own choices should become the account's. */
  readonly askAboutDeviceChoices: boolean;
  /** What is to be said of the account's choices since the sign-in; null when there is nothing, or it was read. */
  readonly arrival: ArrivalView | null;
  readonly sync: SyncView;
  readonly ledger: LedgerView;
  readonly clock: ClockView;
  /** Material changes the person has not read about yet; null when there are none. */
  readonly announcement: AnnouncementView | null;
  /** Version, day and language of the policy that is shown and that a decision would name. */
  readonly policy: { readonly version: string; readonly dated: string; readonly lang: string };
}

/**
 * Whether secrets can be kept in the system's keychain; where it is not `available`, they are kept in memory for this run only.
 * `unknown`: nobody had to ask it yet; `absent`: there is none; `denied`: it refuses; `hanging`: it does not answer; `corrupt`:
 * an entry is there and is not what Sayso wrote; `died`: it worked, and then went away.
 */
export type KeychainView =
  'unknown' | 'available' | 'absent' | 'locked' | 'denied' | 'hanging' | 'corrupt' | 'died';

/**
 * Why Sayso cannot work with this profile at all. Nothing was changed; the window shows only this, in a page of its own:
 * what happened, that no choice was lost, what to do.
 */
export type FatalView =
  | { readonly code: 'profile-read-only' | 'database-broken' | 'disk-full'; readonly path: string }
  | {
      readonly code: 'database-newer';
      readonly path: string;
      readonly found: number;
      readonly known: number;
    };

/** One snapshot at start; events keep it true from then on. */
export interface AppView {
  /** When set, `services` is empty and every other call answers with a failure. */
  readonly fatal: FatalView | null;
  readonly version: string;
  /** BCP 47 tag of the window's language. */
  readonly lang: string;
  /** The language the person chose here; null: the system's. */
  readonly chosenLang: string | null;
  readonly opened: string | null;
  /** The policy of `opened`, so that the first page is whole at once; null where there is none. */
  readonly policy: PolicyView | null;
  readonly services: readonly ServiceView[];
  readonly problems: readonly ProfileProblem[];
  readonly keychain: KeychainView;
  /** Where a database that could not be opened was put at this start; null when nothing of the kind happened. */
  readonly setAside: string | null;
}

/** A policy as it is read: the label card first, then the parts. */
export interface PolicyView {
  readonly service: string;
  readonly version: string;
  readonly dated: string;
  readonly lang: string;
  readonly label: Label;
  readonly sections: readonly Section[];
}
