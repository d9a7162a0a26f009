import type { FastifyRequest } from 'fastify';
import type { ServiceContext } from '../context.js';
import { ProblemError, problemOf } from '../http/problem.js';
import { spend } from '../http/too-many.js';
import { isUnavailable } from '../store/failures.js';
import type { SessionWithEmail } from '../store/sessions.js';
import { bearerToken } from './bearer.js';
import { networkOf } from './network.js';
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
export function requireSession({ service, store, limiters, nowMs }: ServiceContext) {
  return async (request: FastifyRequest): Promise<void> => {
    const token = bearerToken(request.headers.authorization);
    if (token === undefined) throw new ProblemError(problemOf('session-missing'));
    const tokenHash = hashOf(token);
    const session = await store.sessions.findByToken(service.id, tokenHash);
    if (!session) {
      const isErased = await store.sessions.wasErased(service.id, tokenHash, nowMs());
      throw new ProblemError(problemOf(isErased ? 'session-ended' : 'session-missing'));
    }
    const state = stateOf(session, nowMs());
    if (state !== 'open') throw new ProblemError(problemOf(state));
    spend(limiters.callsPerAccount, session.account_id);
    if (nowMs() - session.last_used_at_ms >= TOUCH_EVERY_MS) {
      // A disk that takes nothing more must not keep anybody from reading.
      await store.sessions.touch(session.id, nowMs()).catch((error: unknown) => {
        if (!isUnavailable(error)) throw error;
      });
    }
    request.session = session;
  };
}

/**
 * A hook for the one call that may come without a session: with an `Authorization` header, of whatever kind, it needs what
 * {@link requireSession} needs; without one it counts towards the limit of its address.
 */
export function allowNoSession(context: ServiceContext) {
  const withSession = requireSession(context);
  const { openPushesPerAddress, unprovenPerAddress } = context.limiters;
  return async (request: FastifyRequest): Promise<void> => {
    if (request.headers.authorization !== undefined) return withSession(request);
    const network = networkOf(request.ip);
    spend(unprovenPerAddress, network, 0);
    spend(openPushesPerAddress, network);
  };
}

/** The session of a request that {@link requireSession} let pass. */
export function sessionOf(request: FastifyRequest): SessionWithEmail {
  if (!request.session) throw new ProblemError(problemOf('session-missing'));
  return request.session;
}
