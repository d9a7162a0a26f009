import fastify, { type FastifyInstance } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { MAX_BODY_BYTES } from '../src-shared/api-contract.js';
import { createLimiters, DEFAULT_LIMITS, type Limits } from './auth/limits.js';
import { createPasswords } from './auth/passwords.js';
import type { RandomBytes } from './auth/secrets.js';
import { closeUnusedOnStop } from './connections.js';
import { answerClientError } from './http/client-error.js';
import { answerError } from './http/errors.js';
import { readOnlyJson } from './http/json-body.js';
import { logAnswers, logOptions, type LogStream } from './http/log.js';
import { answerNotFound } from './http/not-found.js';
import { describeCalls } from './http/openapi.js';
import { parseQuery } from './http/query.js';
import { createDeviceSignatures } from './keys/device-signatures.js';
import { newSigningKey } from './keys/signing-key.js';
import { createReceiptIssuer } from './receipts.js';
import { addServerWideRoutes } from './routes/server-wide.js';
import { addServiceRoutes } from './routes/service.js';
import type { PublishedService } from './services/published.js';
import type { Store } from './store/store.js';

/** All that the server takes from outside. */
export interface ServerParts {
  readonly services: readonly PublishedService[];
  /** Closed by whoever opened it, after the server. */
  readonly store: Store;
  /** Milliseconds since 1970, UTC. */
  readonly nowMs: () => number;
  readonly randomBytes: RandomBytes;
  readonly logStream: LogStream;
  readonly limits?: Limits;
}

/** Builds the server, every service mounted under its id, and makes its signing key at the first start. It listens to nothing yet. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { services, store, nowMs, randomBytes } = parts;
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    ...logOptions(parts.logStream),
    // While it stops, the server still answers what is on its way, instead of an error of the framework's own form.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { querystringParser: parseQuery },
    clientErrorHandler: answerClientError,
    frameworkErrors: answerError,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.decorateRequest('session', null);
  closeUnusedOnStop(app);
  readOnlyJson(app);
  logAnswers(app);
  answerNotFound(app);
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    // What is not said to be public is about a person or a moment, and must not be kept.
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  await store.signingKeys.ensure(() => newSigningKey(randomBytes), nowMs());
  const common = {
    store,
    nowMs,
    randomBytes,
    passwords: await createPasswords(randomBytes),
    limiters: createLimiters(parts.limits ?? DEFAULT_LIMITS, nowMs),
    signatures: createDeviceSignatures(),
    issueReceipts: createReceiptIssuer(),
  };
  await app.register(async (scope) => {
    await describeCalls(scope.withTypeProvider(), { title: 'Sayso server', basePath: '' });
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
