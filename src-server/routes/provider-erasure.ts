import { z } from 'zod';
import { erasureSchema } from '../../src-shared/provider-sign-in.js';
import { eraseByProvider } from '../auth/provider/erase.js';
import type { Provider } from '../auth/provider/provider.js';
import { sessionOf } from '../auth/require-session.js';
import type { ServiceContext } from '../context.js';
import { BEARER, OF_A_SESSION, problems } from '../http/openapi.js';
import { ProblemError, problemOf } from '../http/problem.js';
import type { Scope } from '../http/scope.js';
import { providerAway } from './provider-away.js';

/** Erasing an account that has no password; there only where the server was told of a provider. */
export function addProviderErasureRoute(
  scope: Scope,
  context: ServiceContext,
  provider: Provider,
): void {
  scope.post(
    '/v1/account/erasure',
    {
      schema: {
        operationId: 'eraseAccountByProvider',
        summary: 'Erases the account with an ID token of a sign-in that is of just now',
        security: BEARER,
        body: erasureSchema,
        response: {
          204: z.undefined().describe('The account is erased.'),
          ...problems(
            'bad-request',
            'body-too-large',
            'sign-in-not-fresh',
            'other-person',
            ...OF_A_SESSION,
          ),
        },
      },
    },
    async (request, reply) => {
      const erased = await eraseByProvider(context, provider, sessionOf(request), request.body);
      if (erased.ok) return reply.code(204).send();
      switch (erased.error.code) {
        case 'not-fresh':
          throw new ProblemError(problemOf('sign-in-not-fresh'));
        case 'other-person':
          throw new ProblemError(problemOf('other-person'));
        case 'provider-away':
          throw providerAway();
      }
    },
  );
}
