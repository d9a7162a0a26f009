import { z } from 'zod';
import { sessionOf } from '../auth/require-session.js';
import { httpDate, type ServiceContext } from '../context.js';
import { cursorAt } from '../decisions/cursor.js';
import { EVENT_MEDIA_TYPE } from '../events/format.js';
import { BEARER, OF_A_SESSION, problems } from '../http/openapi.js';
import { ProblemError, problemOf, retryAfter } from '../http/problem.js';
import type { Scope } from '../http/scope.js';
import { tooMany } from '../http/too-many.js';

/** How long one waits before asking again for a stream, in milliseconds. */
const FULL_RETRY_MS = 60_000;

const streamSchema = z.string().describe(
  `Events \`decisions\` with data \`{"cursor"}\`: there is something to pull; \`policy\` with \`{"version"}\`: another version has
been published; \`session-ended\` with \`{"reason": "ended" | "expired"}\`: the last one. The id of an event is the cursor of the newest
decision it knows of. Comment lines are signs of life.`.replaceAll('\n', ' '),
);

/** The stream of events by which a device learns at once what it would else learn by asking. */
export function addEventRoute(scope: Scope, { service, store, hub, nowMs }: ServiceContext): void {
  scope.get(
    '/v1/events',
    {
      config: { mediaType: EVENT_MEDIA_TYPE },
      schema: {
        operationId: 'listen',
        summary: 'Tells, as long as the session lasts, when there is something new',
        description:
          'With `Last-Event-ID` (the cursor up to which everything was read) whatever came after it is told at once.',
        security: BEARER,
        response: {
          200: {
            description: 'A stream of server-sent events, which stays open.',
            content: { [EVENT_MEDIA_TYPE]: { schema: streamSchema } },
          },
          ...problems(...OF_A_SESSION),
        },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const { account_id: accountId } = session;
      // A HEAD is answered as the GET would be, and there it ends.
      if (request.method === 'HEAD') return reply.type(EVENT_MEDIA_TYPE).send('');
      const giveBack = hub.admit(accountId);
      if (giveBack === 'account-full') throw tooMany(FULL_RETRY_MS);
      if (giveBack === 'server-full') throw noRoom();
      reply.raw.once('close', giveBack);
      const newest = await store.decisions.newestPlaces([accountId]).catch((error: unknown) => {
        giveBack();
        throw error;
      });
      const cursor = cursorAt(store.feed, newest.get(accountId) ?? null);
      const lastId = request.headers['last-event-id'];
      reply.hijack();
      reply.raw.shouldKeepAlive = false;
      reply.raw.writeHead(200, {
        'content-type': EVENT_MEDIA_TYPE,
        'cache-control': 'no-store',
        date: httpDate(nowMs()),
        'x-content-type-options': 'nosniff',
        // Proxies that gather answers would hold events back.
        'x-accel-buffering': 'no',
      });
      const stream = hub.open(
        {
          service: service.id,
          accountId,
          sessionId: session.id,
          expiresAtMs: session.expires_at_ms,
          cursor: lastId === undefined ? cursor : String(lastId),
        },
        reply.raw,
      );
      reply.raw.once('close', () => hub.forget(stream));
      if (lastId === undefined) return;
      stream.tellDecisions(cursor);
      // A version may have been published while nobody listened.
      if (service.newestVersion !== null) stream.tellPolicy(service.newestVersion);
    },
  );
}

function noRoom(): ProblemError {
  const headers = { 'retry-after': retryAfter(FULL_RETRY_MS) };
  return new ProblemError(problemOf('unavailable'), headers);
}
