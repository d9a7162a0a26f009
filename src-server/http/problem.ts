import type { Problem, ProblemType } from '../../src-shared/api-contract.js';

const KINDS: Readonly<Record<ProblemType, { readonly status: number; readonly title: string }>> = {
  'bad-request': { status: 400, title: 'The request is not in a form that this call takes.' },
  'body-too-large': { status: 413, title: 'The body is too large.' },
  'account-exists': { status: 409, title: 'There is an account under this address already.' },
  'bad-credentials': { status: 401, title: 'The address and the password do not belong together.' },
  'sign-in-not-fresh': {
    status: 403,
    title: 'This needs a sign-in at the provider that is of just now.',
  },
  'other-person': { status: 403, title: 'Somebody else has signed in at the provider.' },
  'too-many-requests': { status: 429, title: 'Too many tries. Wait a while.' },
  'session-missing': { status: 401, title: 'This call needs the token of a session.' },
  'session-expired': { status: 401, title: 'The session has expired.' },
  'session-ended': { status: 401, title: 'The session was ended.' },
  'not-found': { status: 404, title: 'There is nothing here.' },
  'cursor-expired': {
    status: 410,
    title: 'The cursor is too old. Start again from the beginning.',
  },
  'decision-conflict': { status: 409, title: 'Another decision was sent under this id before.' },
  'chain-fork': { status: 409, title: 'The entry has no place in the chain.' },
  'decision-not-yours': { status: 403, title: 'The decision does not belong to this session.' },
  'decision-malformed': { status: 400, title: 'The entry is not a decision.' },
  'decision-unproven': {
    status: 403,
    title: 'The decision is not proven to come from this device.',
  },
  'policy-unknown': { status: 422, title: 'The text that was shown is not known here.' },
  unavailable: { status: 503, title: 'The service cannot do this at the moment.' },
  internal: { status: 500, title: 'Something went wrong in the service.' },
};

/** The status an error of this type is answered with, unless its place says otherwise. */
export function statusOf(type: ProblemType): number {
  return KINDS[type].status;
}

/** A problem as it goes outward (RFC 9457). `status` only where it differs from the usual one. */
export function problemOf(type: ProblemType, detail?: string, status = statusOf(type)): Problem {
  const { title } = KINDS[type];
  return detail === undefined ? { type, title, status } : { type, title, status, detail };
}

/** Ends a call with a problem; thrown by handlers and hooks, answered by the error handler. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.type);
    this.name = 'ProblemError';
  }
}

/** The `Retry-After` value for a wait, whole seconds, rounded up (RFC 9110, section 10.2.3). */
export function retryAfter(waitMs: number): string {
  return String(Math.max(1, Math.ceil(waitMs / 1000)));
}
