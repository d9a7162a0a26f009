import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { requireSession } from '../auth/require-session.js';
import type { ServiceContext } from '../context.js';
import { describeCalls } from '../http/openapi.js';
import type { Scope } from '../http/scope.js';
import { addAccountRoutes } from './accounts.js';
import { addDecisionRoutes } from './decisions.js';
import { addDocumentRoutes } from './documents.js';
import { addSessionRoutes } from './sessions.js';
import { addSignInRoutes } from './sign-in.js';

/** Every call of one service. What is added in the inner scope needs a session. */
export async function addServiceRoutes(scope: Scope, context: ServiceContext): Promise<void> {
  const { id, name } = context.service;
  await describeCalls(scope, { title: `Sayso interface of ${name}`, basePath: `/${id}` });
  addDocumentRoutes(scope, context);
  addAccountRoutes(scope, context);
  addSignInRoutes(scope, context);
  await scope.register((plain, _options, done) => {
    const signedIn = plain.withTypeProvider<ZodTypeProvider>();
    signedIn.addHook('onRequest', requireSession(context));
    addSessionRoutes(signedIn, context);
    addDecisionRoutes(signedIn, context);
    done();
  });
}
