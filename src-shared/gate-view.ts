import type { RefusedReason } from './gate/request.js';
import type { ClosedReason } from './gate/rule.js';

/** A declared tool and whether it may act at this moment. */
export interface ToolView {
  readonly id: string;
  readonly purpose: string;
  readonly kind: string;
  readonly hosts: readonly string[];
  /** Why it may not; null while it may. */
  readonly closedBy: ClosedReason | null;
}

/** One line of what the gate did. */
export interface GateCountView {
  /** Null for the service itself, and for what nobody declared. */
  readonly tool: string | null;
  /** '' where there was none; `*` for further hosts that are counted together. */
  readonly host: string;
  /** What kind of request, such as `image`; `tool` for a tool of the app's own, `unseen` for what only the proxy saw. */
  readonly kind: string;
  /** Why it was refused; null for what was let through. */
  readonly reason: RefusedReason | null;
  readonly times: number;
  /** UTC. */
  readonly firstAt: string;
  readonly lastAt: string;
}

/** What the page "What the gate did" shows of one service. */
export interface GateView {
  readonly service: string;
  readonly tools: readonly ToolView[];
  /** Newest first. */
  readonly counts: readonly GateCountView[];
}

/** Why what the gate did was not written to a file. */
export type GateExportFailure =
  | { readonly code: 'unknown-service' }
  | { readonly code: 'nothing-to-export' }
  | { readonly code: 'not-written'; readonly cause: 'full' | 'read-only' | 'gone' | 'broken' };

/** What came of "Open the service". */
export type OpenedSite = { readonly kind: 'opened' | 'already-open' };

/** Why the service's pages were not opened. `closed`: the person closed them while they were loading. */
export type OpenFailure = { readonly code: 'unknown-service' | 'not-reachable' | 'closed' };
