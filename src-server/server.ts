import fastify, { type FastifyInstance } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { MAX_BODY_BYTES } from '../src-shared/api-contract.js';
import { createLimiters, DEFAULT_LIMITS, type Limits } from './auth/limits.js';
import { createPasswords } from './auth/passwords.js';
import type { ProviderOption } from './auth/provider/id-token.js';
import { createProvider } from './auth/provider/provider.js';
import type { RandomBytes } from './auth/secrets.js';
import { stopGracefully } from './connections.js';
import { httpDate } from './context.js';
import { createHub } from './events/hub.js';
import type { EventSettings } from './events/settings.js';
import { answerNotAcceptable } from './http/accept.js';
import { answerClientError } from './http/client-error.js';
import { createErrorAnswer } from './http/errors.js';
import { readOnlyJson } from './http/json-body.js';
import { logAnswers, logOptions, type LogStream } from './http/log.js';
import { createMetrics, type Metrics } from './http/metrics.js';
import { answerForNode, HTTP_OPTIONS } from './http/node-answers.js';
import { answerNotFound } from './http/not-found.js';
import { describeCalls } from './http/openapi.js';
import { parseQuery } from './http/query.js';
import { createDeviceSignatures } from './keys/device-signatures.js';
import { newSigningKey } from './keys/signing-key.js';
import { createReceiptIssuer } from './receipts.js';
import { addServerWideRoutes } from './routes/server-wide.js';
import { addServiceRoutes } from './routes/service.js';
import type { LiveServices } from './services/live-services.js';
import type { PublishedService } from './services/published.js';
import type { Store } from './store/store.js';

/** All that the server takes from outside. */
export interface ServerParts {
  readonly services: readonly PublishedService[];
  /** Says when one of the services has published another policy version; left out where none ever does. */
  readonly publications?: Pick<LiveServices, 'listen'>;
  /** Closed by whoever opened it, after the server. */
  readonly store: Store;
  /** Milliseconds since 1970, UTC. */
  readonly nowMs: () => number;
  readonly randomBytes: RandomBytes;
  readonly logStream: LogStream;
  readonly limits?: Limits;
  readonly events?: EventSettings;
  readonly metrics?: Metrics;
  /** Left out: people sign in with address and password alone. */
  readonly provider?: ProviderOption;
}

/** Builds the server, every service mounted under its id, and makes its signing key at the first start. It listens to nothing yet. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { services, store, nowMs, randomBytes, metrics = createMetrics() } = parts;
  const answerError = createErrorAnswer(metrics);
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    ...logOptions(parts.logStream),
    // While it stops, the server itself says so, instead of an error of the framework's own form.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    http: HTTP_OPTIONS,
    routerOptions: { querystringParser: parseQuery },
    clientErrorHandler: answerClientError,
    frameworkErrors: answerError,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.decorateRequest('session', null);
  await store.signingKeys.ensure(() => newSigningKey(randomBytes), nowMs());
  const hub = createHub({
    store,
    nowMs,
    ...(parts.events ? { settings: parts.events } : {}),
    failed(error) {
      metrics.storeFailed();
      app.log.error({ err: error }, 'events could not be looked up');
    },
  });
  metrics.streamsFrom(hub.count);
  const stopPublishing = parts.publications?.listen(hub.publish);
  stopGracefully(app, () => {
    stopPublishing?.();
    hub.stop();
  });
  answerForNode(app);
  readOnlyJson(app);
  logAnswers(app, { metrics, stream: parts.logStream, nowMs });
  answerNotFound(app);
  answerNotAcceptable(app);
  app.addHook('onSend', (_request, reply, _payload, done) => {
    reply.header('x-content-type-options', 'nosniff').header('date', httpDate(nowMs()));
    // What is not said to be public is about a person or a moment, and must not be kept.
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    done();
  });
  const common = {
    store,
    nowMs,
    randomBytes,
    hub,
    metrics,
    passwords: await createPasswords(randomBytes),
    provider: parts.provider ? createProvider(parts.provider, nowMs) : null,
    limiters: createLimiters(parts.limits ?? DEFAULT_LIMITS, nowMs),
    signatures: createDeviceSignatures(),
    issueReceipts: createReceiptIssuer(),
  };
  await app.register(async (scope) => {
    await describeCalls(scope.withTypeProvider(), {
      title: 'Sayso server',
      description: 'The calls about the server as a whole. Each service has a document of its own.',
      basePath: '',
      hasSessions: false,
    });
    addServerWideRoutes(scope.withTypeProvider(), store);
  });
  for (const service of services) {
    await app.register(
      (scope) => addServiceRoutes(scope.withTypeProvider(), { ...common, service }),
      { prefix: `/${service.id}` },
    );
  }
  return app;
}
