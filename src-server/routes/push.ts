import { z } from 'zod';
import { pushedSchema, pushSchema } from '../../src-shared/api-contract.js';
import { BRIEF_PREFERENCE, briefAnswerSchema } from '../../src-shared/brief-answer.js';
import { networkOf } from '../auth/network.js';
import { allowNoSession } from '../auth/require-session.js';
import type { ServiceContext } from '../context.js';
import { push } from '../decisions/push.js';
import { pushOpen } from '../decisions/push-open.js';
import { answerText, type SentResult } from '../decisions/results.js';
import { MAYBE_BEARER, problems, OF_A_SESSION } from '../http/openapi.js';
import { prefersBrief } from '../http/prefer.js';
import type { Scope } from '../http/scope.js';
import { spend } from '../http/too-many.js';

interface Answer {
  readonly results: readonly SentResult[];
}

const RECEIVED = { status: 'received' } as const;

/** Decisions sent by a device: of a session, or signed ones without any. */
export function addPushRoute(scope: Scope, context: ServiceContext): void {
  const { limiters, metrics } = context;
  scope.post(
    '/v1/decisions',
    {
      onRequest: allowNoSession(context),
      // What is sent here is made here, and checking it against its schema takes longer than one decision may. Only problems
      // have no results.
      serializerCompiler: () => (answer: Partial<Answer>) =>
        answer.results ? answerText(answer.results) : JSON.stringify(answer),
      schema: {
        operationId: 'pushDecisions',
        summary:
          'Takes decisions; each entry gets a result of its own, and a repeat the answer of the first time',
        description:
          '`Prefer: return=minimal` asks for a brief answer where every entry was received for the first time. Without a token only denials and headers that are signed by a key of the device are taken; everything else is `refused` with `decision-unproven`.',
        security: MAYBE_BEARER,
        body: pushSchema,
        response: {
          200: z.union([pushedSchema, briefAnswerSchema]),
          ...problems('bad-request', 'body-too-large', ...OF_A_SESSION),
        },
      },
    },
    async (request, reply) => {
      const { session } = request;
      const { entries } = request.body;
      if (session) {
        const isBrief = prefersBrief(request.headers.prefer);
        const answer = await push(context, session, entries, isBrief);
        if ('results' in answer) {
          metrics.entries(answer.results);
          return answer;
        }
        metrics.entries(entries.map(() => RECEIVED));
        reply.header('preference-applied', BRIEF_PREFERENCE);
        return answer;
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
