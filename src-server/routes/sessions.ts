import { z } from 'zod';
import { sessionInfoSchema, sessionListSchema } from '../../src-shared/api-contract.js';
import { opaqueIdSchema } from '../../src-shared/ids.js';
import { sessionOf } from '../auth/require-session.js';
import { instant, type ServiceContext } from '../context.js';
import { BEARER, problems, OF_A_SESSION } from '../http/openapi.js';
import { ProblemError, problemOf } from '../http/problem.js';
import type { Scope } from '../http/scope.js';

const ended = z.undefined().describe('The session is ended.');

/** What a signed-in person sees of their sessions, and how they end them. */
export function addSessionRoutes(scope: Scope, { store, nowMs }: ServiceContext): void {
  scope.get(
    '/v1/session',
    {
      schema: {
        operationId: 'getSession',
        summary: 'The session of the token',
        security: BEARER,
        response: { 200: sessionInfoSchema, ...problems(...OF_A_SESSION) },
      },
    },
    (request, reply) => {
      const session = sessionOf(request);
      void reply.send({
        account: { id: session.account_id, email: session.email },
        sessionId: session.id,
        expiresAt: instant(session.expires_at_ms),
      });
    },
  );
  scope.delete(
    '/v1/session',
    {
      schema: {
        operationId: 'signOut',
        summary: 'Ends the session of the token, which is invalid from then on',
        security: BEARER,
        response: { 204: ended, ...problems(...OF_A_SESSION) },
      },
    },
    async (request, reply) => {
      const { id, account_id: accountId } = sessionOf(request);
      await store.sessions.end(id, nowMs());
      store.announcements.announce({ kind: 'sessions', accountId });
      return reply.code(204).send();
    },
  );
  scope.get(
    '/v1/sessions',
    {
      schema: {
        operationId: 'listSessions',
        summary: 'The sessions of the account that can still be used',
        security: BEARER,
        response: { 200: sessionListSchema, ...problems(...OF_A_SESSION) },
      },
    },
    async (request) => {
      const current = sessionOf(request);
      const open = await store.sessions.listOpen(current.account_id, nowMs());
      return {
        sessions: open.map((session) => ({
          id: session.id,
          deviceName: session.device_name,
          current: session.id === current.id,
          createdAt: instant(session.created_at_ms),
          lastUsedAt: instant(session.last_used_at_ms),
          expiresAt: instant(session.expires_at_ms),
        })),
      };
    },
  );
  scope.delete(
    '/v1/sessions/:id',
    {
      schema: {
        operationId: 'endSession',
        summary: 'Ends one session of the account, such as that of another device',
        security: BEARER,
        params: z.object({ id: opaqueIdSchema }),
        response: { 204: ended, ...problems('bad-request', 'not-found', ...OF_A_SESSION) },
      },
    },
    async (request, reply) => {
      const { account_id: accountId } = sessionOf(request);
      const found = await store.sessions.endOfAccount(accountId, request.params.id, nowMs());
      if (!found) throw new ProblemError(problemOf('not-found'));
      store.announcements.announce({ kind: 'sessions', accountId });
      return reply.code(204).send();
    },
  );
}
