import { newSessionSchema } from '../../src-shared/api-contract.js';
import { providerSignInSchema } from '../../src-shared/provider-sign-in.js';
import type { Provider } from '../auth/provider/provider.js';
import { signInByProvider } from '../auth/provider/sign-in.js';
import type { ServiceContext } from '../context.js';
import { NO_TOKEN, problems } from '../http/openapi.js';
import type { Scope } from '../http/scope.js';
import { answerOf, problemOfFailure } from './sign-in.js';

/** Beginning a session with what a provider says; there only where the server was told of a provider. */
export function addProviderSignInRoute(
  scope: Scope,
  context: ServiceContext,
  provider: Provider,
): void {
  scope.post(
    '/v1/sessions/provider',
    {
      schema: {
        operationId: 'signInByProvider',
        summary: 'Begins a session with an ID token of the provider, each of which begins one',
        security: NO_TOKEN,
        body: providerSignInSchema,
        response: {
          201: newSessionSchema,
          ...problems('bad-request', 'bad-credentials', 'body-too-large', 'too-many-requests'),
        },
      },
    },
    async (request, reply) => {
      const signedIn = await signInByProvider(context, provider, request.body, request.ip);
      if (!signedIn.ok) throw problemOfFailure(signedIn.error);
      return reply.code(201).send(answerOf(signedIn.value));
    },
  );
}
