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

/** Something that a service's pages have really stored on this device. */
export interface StoredView {
  readonly kind: 'cookie' | 'local-storage' | 'session-storage' | 'tool';
  readonly name: string;
  readonly host: string;
  readonly bytes: number;
  /** UTC; null: it goes with the window, or with the consent. */
  readonly expiresAt: string | null;
  /** What the policy says of it; null: the policy does not name it. */
  readonly declared: { readonly purpose: string; readonly what: string } | null;
}

/** What the pages "What the gate did" and "On this device" show of one service. */
export interface GateView {
  readonly service: string;
  readonly tools: readonly ToolView[];
  /** Newest first. */
  readonly counts: readonly GateCountView[];
  readonly stored: readonly StoredView[];
}
