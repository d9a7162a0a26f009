import type { FastifyRequest } from 'fastify';
import type { ServiceContext } from '../context.js';
import { ProblemError, problemOf } from '../http/problem.js';
import type { SessionWithEmail } from '../store/sessions.js';
import { bearerToken } from './bearer.js';
import { hashOf } from './secrets.js';
import { stateOf } from './session-state.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The session whose token came with the request; null on calls that need none. */
    session: SessionWithEmail | null;
  }
}

/** "Last used" is noted at most this often, in milliseconds, so that reading does not become writing. */
const TOUCH_EVERY_MS = 60_000;

/**
 * A hook that lets a request pass only with the token of an open session of this very service. It runs before the body is
 * read, so that a stranger cannot make the server read one.
 */
export function requireSession({ service, store, nowMs }: ServiceContext) {
  return async (request: FastifyRequest): Promise<void> => {
    const token = bearerToken(request.headers.authorization);
    const session =
      token === undefined ? undefined : await store.sessions.findByToken(service.id, hashOf(token));
    if (!session) throw new ProblemError(problemOf('session-missing'));
    const state = stateOf(session, nowMs());
    if (state !== 'open') throw new ProblemError(problemOf(state));
    if (nowMs() - session.last_used_at_ms >= TOUCH_EVERY_MS) {
      await store.sessions.touch(session.id, nowMs());
    }
    request.session = session;
  };
}

/** The session of a request that {@link requireSession} let pass. */
export function sessionOf(request: FastifyRequest): SessionWithEmail {
  if (!request.session) throw new ProblemError(problemOf('session-missing'));
  return request.session;
}
