import { z } from 'zod';
import { forgetBatchesSchema, usageSchema } from '../../src-shared/usage-contract.js';
import { networkOf } from '../auth/network.js';
import type { ServiceContext } from '../context.js';
import { NO_TOKEN, problems } from '../http/openapi.js';
import type { Scope } from '../http/scope.js';
import { spend } from '../http/too-many.js';

const takenSchema = z.object({}).describe('Everything was taken (OTLP: no partial success).');
const forgottenSchema = z.undefined().describe('Nothing is kept under these ids any more.');

/**
 * The service's own collector of usage statistics, and the call that has batches forgotten; neither takes a token, so that nothing
 * links them to an account. The reference server counts that something came, and keeps nothing of it: there is nothing left to
 * delete when it is asked to.
 */
export function addUsageRoutes(scope: Scope, { service, limiters, metrics }: ServiceContext): void {
  scope.post(
    '/otlp/v1/metrics',
    {
      schema: {
        operationId: 'takeUsage',
        summary: 'Takes usage statistics (OTLP/HTTP, JSON) that name nobody',
        security: NO_TOKEN,
        body: usageSchema,
        response: {
          200: takenSchema,
          ...problems('bad-request', 'body-too-large', 'too-many-requests'),
        },
      },
    },
    (request, reply) => {
      spend(limiters.usagePerAddress, networkOf(request.ip));
      metrics.usage(service.id, 'taken', request.body.resourceMetrics.length);
      void reply.send({});
    },
  );
  scope.post(
    '/otlp/forget',
    {
      schema: {
        operationId: 'forgetUsage',
        summary: 'Forgets the usage statistics that came under these ids; may be repeated',
        security: NO_TOKEN,
        body: forgetBatchesSchema,
        response: {
          204: forgottenSchema,
          ...problems('bad-request', 'body-too-large', 'too-many-requests'),
        },
      },
    },
    (request, reply) => {
      spend(limiters.usagePerAddress, networkOf(request.ip));
      metrics.usage(service.id, 'forgotten', request.body.batches.length);
      void reply.code(204).send();
    },
  );
}
