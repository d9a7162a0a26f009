import type { SyncView } from '../../src-shared/views.js';
import type { ApiFailure } from '../api/index.js';

/** How a step of a run ended. */
export type StepOutcome =
  | { readonly kind: 'done' }
  /** The subject changed while the step waited for an answer: what came back is nobody's business any more. */
  | { readonly kind: 'not-wanted' }
  | { readonly kind: 'rejected'; readonly reason: 'expired' | 'ended' }
  | {
      readonly kind: 'failed';
      readonly problem: Exclude<SyncView['problem'], 'none' | 'refused' | 'session-expired'>;
      readonly retryAfterMs: number | null;
    };

export const DONE: StepOutcome = { kind: 'done' };
export const NOT_WANTED: StepOutcome = { kind: 'not-wanted' };
/** The disk of this device did not take it; what was sent is sent again. */
export const NOT_SAVED: StepOutcome = {
  kind: 'failed',
  problem: 'server-error',
  retryAfterMs: null,
};
/** The server answered something that no well-behaved server answers. */
export const NOT_UNDERSTOOD: StepOutcome = {
  kind: 'failed',
  problem: 'not-understood',
  retryAfterMs: null,
};

/** What a failed call means for the run. Only the server's own word ends a session; a bad network never does. */
export function stepOutcomeOf(failure: ApiFailure): StepOutcome {
  switch (failure.kind) {
    case 'problem':
      if (failure.problem.type === 'session-ended') return { kind: 'rejected', reason: 'ended' };
      if (failure.problem.status === 401) return { kind: 'rejected', reason: 'expired' };
      return { kind: 'failed', problem: 'server-error', retryAfterMs: failure.retryAfterMs };
    case 'server-error':
      return { kind: 'failed', problem: 'server-error', retryAfterMs: failure.retryAfterMs };
    default:
      return { kind: 'failed', problem: failure.kind, retryAfterMs: null };
  }
}

/** What a try is remembered by; null where nothing came of it for a reason of our own. */
export function problemOf(outcome: StepOutcome): SyncView['problem'] | null {
  switch (outcome.kind) {
    case 'done':
      return 'none';
    case 'rejected':
      return 'session-expired';
    case 'failed':
      return outcome.problem;
    case 'not-wanted':
      return null;
  }
}
