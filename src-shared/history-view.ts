import type { Action, Choice, ShownPolicy, Surface } from './consent/decision.js';
import type { ReceiptLeaf } from './ledger/receipt.js';

/** What was said about one purpose, with the name it had in the text shown then. */
export interface HistoryChoiceView {
  /** A purpose's id, or `*` for every purpose, known or not. */
  readonly purpose: string;
  readonly name: string;
  readonly choice: Choice;
}

/** What an entry says. */
export type HistorySaidView =
  | {
      readonly kind: 'said';
      readonly action: Action;
      readonly surface: Surface;
      readonly choices: readonly HistoryChoiceView[];
      /** The text that stood on the screen; {@link Calls} `history.shownText` opens it. */
      readonly shown: ShownPolicy;
    }
  /** What was said is gone; only what it was about is left, and it reads as closed. */
  | { readonly kind: 'erased'; readonly about: readonly Omit<HistoryChoiceView, 'choice'>[] }
  /** The file holds something here that is no decision any more. */
  | { readonly kind: 'unreadable' };

/** How far an entry has come. */
export type HistorySendingView =
  /** Said while signed out, or otherwise never to be sent: it holds on this device. */
  | { readonly state: 'local' }
  | { readonly state: 'waiting' }
  /** @property at the service's time of receipt, UTC. */
  | { readonly state: 'received'; readonly at: string }
  /** @property reason the stable type of the service's answer, such as `policy-unknown`. */
  | { readonly state: 'refused'; readonly reason: string };

/** What a receipt says. It was checked when it came. */
export interface HistoryReceiptView {
  readonly receivedAt: string;
  readonly about: ReceiptLeaf['type'];
  /** Whether this device had signed what it sent. */
  readonly deviceSigned: boolean;
  /** How many decisions the same signature of the service covers, this one among them. */
  readonly together: number;
}

/** One entry of the history. Times are UTC, RFC 3339. */
export interface HistoryEntryView {
  readonly id: string;
  /** When it was pressed, by the clock of the device where it was. */
  readonly at: string;
  readonly said: HistorySaidView;
  /** `other` with the first characters of that device's id, empty where it is not known. */
  readonly device: { readonly kind: 'this' } | { readonly kind: 'other'; readonly id: string };
  /** Whether it was made here and so can be erased here. */
  readonly isErasable: boolean;
  readonly sending: HistorySendingView;
  /** Null where there is none. */
  readonly receipt: HistoryReceiptView | null;
}

/** A page of what was said about one service by whoever is signed in, or by nobody; newest first. */
export interface HistoryView {
  readonly service: string;
  readonly entries: readonly HistoryEntryView[];
  /** What to ask for next, for what was said before these; null where nothing is left. With a filter a page may be short, or empty. */
  readonly before: number | null;
}

/** Which entries are on show; null: any. */
export interface HistoryFilter {
  /** A purpose's id: what speaks of it, by name or as one of all. */
  readonly purpose: string | null;
  readonly kind: 'allowed' | 'refused' | 'acknowledged' | 'erased' | null;
  readonly device: 'this' | 'other' | null;
  /** From this moment on, UTC. */
  readonly from: string | null;
  /** Before this moment, UTC. */
  readonly to: string | null;
}

/** What became of an export. */
export type ExportedView =
  { readonly kind: 'saved'; readonly path: string } | { readonly kind: 'cancelled' };

/** Why something of the history did not come about. */
export type HistoryFailure =
  | { readonly code: 'unknown-service' }
  /** This device does not have the text that was shown then. */
  | { readonly code: 'text-unknown' }
  /** No such decision of this service and subject. */
  | { readonly code: 'unknown-decision' }
  /** It was said on another device, and is that device's to erase. */
  | { readonly code: 'said-elsewhere' }
  /** There is nothing to put into the file. */
  | { readonly code: 'nothing-to-export' }
  /** The file was not written; one that was there before is as it was. `gone`: the folder is not there. */
  | { readonly code: 'not-written'; readonly cause: 'full' | 'read-only' | 'gone' | 'broken' }
  /** The disk did not take it: nothing was erased. */
  | { readonly code: 'not-saved'; readonly cause: 'full' | 'read-only' | 'busy' | 'broken' };

/** What became of an import. `decisions`: how many are listed that were not before, of every service in the file. */
export type ImportedView =
  | { readonly kind: 'imported'; readonly file: string; readonly decisions: number }
  | { readonly kind: 'cancelled' };

/** Why nothing was imported. */
export type ImportFailure =
  | { readonly code: 'unknown-service' }
  /** The file cannot be opened, or is too large to be an export. */
  | { readonly code: 'no-file' | 'too-large' }
  /** It is no export; in words for a person who knows such files. */
  | { readonly code: 'not-an-export'; readonly reason: string }
  /** It was changed after it was made. */
  | { readonly code: 'not-true' }
  /** It is about none of the services there are here. */
  | { readonly code: 'other-services' }
  | { readonly code: 'not-saved'; readonly cause: 'full' | 'read-only' | 'busy' | 'broken' };
