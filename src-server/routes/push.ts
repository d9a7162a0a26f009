import { pushedSchema, pushSchema } from '../../src-shared/api-contract.js';
import { networkOf } from '../auth/network.js';
import { allowNoSession } from '../auth/require-session.js';
import type { ServiceContext } from '../context.js';
import { push } from '../decisions/push.js';
import { pushOpen } from '../decisions/push-open.js';
import { MAYBE_BEARER, problems, OF_A_SESSION } from '../http/openapi.js';
import type { Scope } from '../http/scope.js';
import { spend } from '../http/too-many.js';

/** Decisions sent by a device: of a session, or signed ones without any. */
export function addPushRoute(scope: Scope, context: ServiceContext): void {
  const { limiters, metrics } = context;
  scope.post(
    '/v1/decisions',
    {
      onRequest: allowNoSession(context),
      // What is sent here is made here, and checking it against its schema takes longer than one decision may.
      serializerCompiler: () => (answer) => JSON.stringify(answer),
      schema: {
        operationId: 'pushDecisions',
        summary:
          'Takes decisions; each entry gets a result of its own, and a repeat the answer of the first time',
        description:
          'Without a token only denials and headers that are signed by a key of the device are taken; everything else is `refused` with `decision-unproven`.',
        security: MAYBE_BEARER,
        body: pushSchema,
        response: {
          200: pushedSchema,
          ...problems('bad-request', 'body-too-large', ...OF_A_SESSION),
        },
      },
    },
    async (request) => {
      const { session } = request;
      const { entries } = request.body;
      if (session) {
        const results = await push(context, session, entries);
        metrics.entries(results);
        return { results };
      }
      const { results, unproven } = await pushOpen(context, entries, (kid) =>
        spend(limiters.openPushesPerKey, kid),
      );
      if (unproven > 0) limiters.unprovenPerAddress.take(networkOf(request.ip), unproven);
      metrics.entries(results);
      return { results: [...results] };
    },
  );
}
