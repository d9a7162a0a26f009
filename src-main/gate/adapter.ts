import type { RefusedReason } from '../../src-shared/gate/request.js';
import type { DeclaredTool } from '../../src-shared/gate/tool.js';
import type { Result } from '../../src-shared/result.js';

/** What came of a tool's request. */
export interface ToolAnswer {
  readonly status: number;
  /** At most 64 KiB; '' where the answer was longer or no text. */
  readonly text: string;
}

/** `refused`: the gate did not let it pass. `cancelled`: it was under way when the gate closed. */
export type ToolFetchFailure =
  | { readonly code: 'refused'; readonly reason: RefusedReason }
  | { readonly code: 'cancelled' | 'no-network' };

/** One request of a tool. No cookies go along, redirects are not followed. */
export interface ToolRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The only way out for a tool. Each call is judged by the state of that very moment, and counted. */
export type ToolFetch = (
  address: string,
  request: ToolRequest,
) => Promise<Result<ToolAnswer, ToolFetchFailure>>;

/** What a tool may keep on this device: it belongs to one subject, and is deleted with the consent. */
export interface ToolShelf {
  get(key: string): string | null;
  /** @returns false where it was too much, or the disk did not take it. */
  put(key: string, value: string): boolean;
  remove(key: string): void;
  /**
   * Notes a fresh random id under which something is about to be sent, so that the service can be asked to forget it.
   * Null where the disk did not take it: then it is not to be sent.
   */
  newBatch(): string | null;
}

/** Something the person did in the window, by name only: a tool never hears about whom or what it was. */
export type GateEvent =
  | { readonly kind: 'page'; readonly page: string }
  | { readonly kind: 'action'; readonly action: string };

/** What a tool is given. */
export interface ToolContext {
  readonly service: string;
  readonly tool: DeclaredTool;
  /** Where the service is reached. */
  readonly baseAddress: string;
  readonly fetch: ToolFetch;
  readonly shelf: ToolShelf;
  readonly nowMs: () => number;
  /** Calls `run` once after `delayMs`; the answer calls it off. Timers of a tool that is stopped never run. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
}

/** A tool that runs. What it has kept is deleted by the gate, not by the tool. */
export interface RunningTool {
  /** Told what happens while the tool runs. */
  onEvent?(event: GateEvent): void;
  /** At once: nothing is collected or sent from now on. Must not throw, must not wait. */
  stop(): void;
}

/** One kind of tool, put behind the gate (`docs/gate.md`). */
export interface ToolAdapter {
  /** The `kind` under which manifests declare it. */
  readonly kind: string;
  /** The purpose is granted: begin. Called anew after each stop; may be called many times. */
  run(context: ToolContext): RunningTool;
}
