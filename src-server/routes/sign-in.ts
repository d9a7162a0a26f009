import {
  newSessionSchema,
  revokedSchema,
  revokeSchema,
  signInSchema,
  type NewSession,
} from '../../src-shared/api-contract.js';
import { networkOf } from '../auth/network.js';
import { hashOf } from '../auth/secrets.js';
import type { SignedIn } from '../auth/begin-session.js';
import { signIn } from '../auth/sign-in.js';
import type { ProviderSignInFailure } from '../auth/provider/sign-in.js';
import { instant, type ServiceContext } from '../context.js';
import { NO_TOKEN, problems } from '../http/openapi.js';
import { ProblemError, problemOf } from '../http/problem.js';
import type { Scope } from '../http/scope.js';
import { spend, tooMany } from '../http/too-many.js';
import { providerAway } from './provider-away.js';

/** The two calls about sessions that need none: beginning one, and ending one by its revoke handle. */
export function addSignInRoutes(scope: Scope, context: ServiceContext): void {
  const { service, store, limiters, nowMs } = context;
  scope.post(
    '/v1/sessions',
    {
      schema: {
        operationId: 'signIn',
        summary: 'Begins a session',
        security: NO_TOKEN,
        body: signInSchema,
        response: {
          201: newSessionSchema,
          ...problems('bad-request', 'bad-credentials', 'body-too-large', 'too-many-requests'),
        },
      },
    },
    async (request, reply) => {
      const signedIn = await signIn(context, request.body, request.ip);
      if (!signedIn.ok) throw problemOfFailure(signedIn.error);
      return reply.code(201).send(answerOf(signedIn.value));
    },
  );
  scope.post(
    '/v1/sessions/revoke',
    {
      schema: {
        operationId: 'revokeSession',
        summary: 'Ends the one session that a handle was made for; may be repeated',
        security: NO_TOKEN,
        body: revokeSchema,
        response: {
          200: revokedSchema,
          ...problems('bad-request', 'body-too-large', 'too-many-requests'),
        },
      },
    },
    async (request) => {
      spend(limiters.revokesPerAddress, networkOf(request.ip));
      const hash = hashOf(request.body.handle);
      const accountId = await store.sessions.endByRevokeHash(service.id, hash, nowMs());
      if (accountId === undefined) return { ended: false };
      store.announcements.announce({ kind: 'sessions', accountId });
      return { ended: true };
    },
  );
}

/** A session that has begun, as it travels. */
export function answerOf({ token, session, account }: SignedIn): NewSession {
  return {
    token,
    sessionId: session.id,
    expiresAt: instant(session.expires_at_ms),
    account: { id: account.id, email: account.email },
  };
}

export function problemOfFailure(failure: ProviderSignInFailure): ProblemError {
  switch (failure.code) {
    case 'bad-credentials':
      return new ProblemError(problemOf('bad-credentials'));
    case 'too-many-requests':
      return tooMany(failure.waitMs);
    case 'handle-used':
      return new ProblemError(
        problemOf('bad-request', '`revokeHash` belongs to another session; make a new handle.'),
      );
    case 'provider-away':
      return providerAway();
    case 'bad-key':
      return new ProblemError(
        problemOf('bad-request', 'device.publicKey.x: is not a key of 32 bytes in its only form'),
      );
  }
}
