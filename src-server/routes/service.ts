import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { requireSession } from '../auth/require-session.js';
import type { ServiceContext } from '../context.js';
import { describeCalls } from '../http/openapi.js';
import type { Scope } from '../http/scope.js';
import { addAccountRoutes } from './accounts.js';
import { addDecisionRoutes } from './decisions.js';
import { addDocumentRoutes } from './documents.js';
import { addEventRoute } from './events.js';
import { addOwnAccountRoutes } from './own-account.js';
import { addProviderErasureRoute } from './provider-erasure.js';
import { addProviderSignInRoute } from './provider-sign-in.js';
import { addPushRoute } from './push.js';
import { addSessionRoutes } from './sessions.js';
import { addSignInRoutes } from './sign-in.js';
import { addSiteRoute } from './site.js';
import { addUsageRoutes } from './usage.js';

/** Every call of one service. What is added in the inner scope needs a session. */
export async function addServiceRoutes(scope: Scope, context: ServiceContext): Promise<void> {
  const { id, name } = context.service;
  await describeCalls(scope, {
    title: `Sayso interface of ${name}`,
    description: 'How Sayso and this service speak with each other.',
    basePath: `/${id}`,
    hasSessions: true,
  });
  addSiteRoute(scope, context);
  addDocumentRoutes(scope, context);
  addAccountRoutes(scope, context);
  addSignInRoutes(scope, context);
  if (context.provider) addProviderSignInRoute(scope, context, context.provider);
  addPushRoute(scope, context);
  addUsageRoutes(scope, context);
  await scope.register((plain, _options, done) => {
    const signedIn = plain.withTypeProvider<ZodTypeProvider>();
    signedIn.addHook('onRequest', requireSession(context));
    addSessionRoutes(signedIn, context);
    addOwnAccountRoutes(signedIn, context);
    if (context.provider) addProviderErasureRoute(signedIn, context, context.provider);
    addDecisionRoutes(signedIn, context);
    addEventRoute(signedIn, context);
    done();
  });
}
