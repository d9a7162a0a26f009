import type { ShownPolicy } from './consent/decision.js';
import type {
  ExportedView,
  HistoryFailure,
  HistoryFilter,
  HistoryView,
  ImportedView,
  ImportFailure,
} from './history-view.js';
import type { Result } from './result.js';
import type { PolicyView } from './views.js';

/** The calls about what was said: reading, proving, taking along, erasing. */
export interface HistoryCalls {
  /** What was said, newest first; `before` is {@link HistoryView.before} of the page before, null for the newest. */
  readonly 'history.read': {
    input: { service: string; before: number | null; filter?: HistoryFilter | undefined };
    output: Result<HistoryView, HistoryFailure>;
  };
  /** The very text that stood on the screen when something was said. */
  readonly 'history.shownText': {
    input: { service: string; shown: ShownPolicy };
    output: Result<PolicyView, HistoryFailure>;
  };
  /**
   * Decisions with their proofs to a file that the person names; null: every service, every purpose, every decision. As JSON,
   * which can be checked and imported, unless a PDF to read and print is asked for.
   */
  readonly 'history.export': {
    input: {
      service: string | null;
      purpose: string | null;
      decision: string | null;
      format?: 'json' | 'pdf' | undefined;
    };
    output: Result<ExportedView, HistoryFailure>;
  };
  /** Takes in an export from a file that the person names, as history: it allows nothing and changes no choice. */
  readonly 'history.import': {
    input: { service: string };
    output: Result<ImportedView, ImportFailure>;
  };
  /** What was imported about a service, newest first; `before` as in `history.read`. */
  readonly 'history.imported': {
    input: { service: string; before: number | null };
    output: Result<HistoryView, HistoryFailure>;
  };
  /** Deletes what was imported about a service. */
  readonly 'history.dropImported': {
    input: { service: string };
    output: Result<null, HistoryFailure>;
  };
  /** Deletes what a decision said; its place stays and reads as closed. */
  readonly 'history.erase': {
    input: { service: string; id: string };
    output: Result<null, HistoryFailure>;
  };
}

/** Their names at run time; the compiler checks that none is missing and none is too many. */
export const HISTORY_CALLS = {
  'history.read': true,
  'history.shownText': true,
  'history.export': true,
  'history.import': true,
  'history.imported': true,
  'history.dropImported': true,
  'history.erase': true,
} satisfies Record<keyof HistoryCalls, true>;
