import {
  MAX_BODY_BYTES,
  pulledSchema,
  pullQuerySchema,
  pushedSchema,
  pushSchema,
} from '../../src-shared/api-contract.js';
import { sessionOf } from '../auth/require-session.js';
import type { ServiceContext } from '../context.js';
import { cursorAt, positionOf } from '../decisions/cursor.js';
import { cutPage } from '../decisions/page.js';
import { bytesOf, pulledEntryOf } from '../decisions/pulled-entry.js';
import { push } from '../decisions/push.js';
import { BEARER, problems } from '../http/openapi.js';
import { ProblemError, problemOf } from '../http/problem.js';
import type { Scope } from '../http/scope.js';

const unauthorized = ['session-missing', 'session-expired', 'session-ended'] as const;

/** Room for everything of an answer that is neither an entry nor a key, in bytes. */
const ENVELOPE_BYTES = 1024;

/** Decisions both ways: sent by a device, and read by every device of the account. */
export function addDecisionRoutes(scope: Scope, context: ServiceContext): void {
  const { store } = context;
  scope.post(
    '/v1/decisions',
    {
      schema: {
        operationId: 'pushDecisions',
        summary:
          'Takes decisions; each entry gets a result of its own, and a repeat the answer of the first time',
        security: BEARER,
        body: pushSchema,
        response: {
          200: pushedSchema,
          ...problems('bad-request', 'body-too-large', ...unauthorized),
        },
      },
    },
    async (request) => ({
      results: await push(context, sessionOf(request), request.body.entries),
    }),
  );
  scope.get(
    '/v1/decisions',
    {
      schema: {
        operationId: 'pullDecisions',
        summary: 'The decisions of the account in order of arrival, a page at a time',
        security: BEARER,
        querystring: pullQuerySchema,
        response: { 200: pulledSchema, ...problems('bad-request', ...unauthorized) },
      },
    },
    async (request) => {
      const { account_id: accountId } = sessionOf(request);
      const { after, limit } = request.query;
      const position = positionOf(after ?? '');
      if (position === undefined) {
        throw new ProblemError(problemOf('bad-request', 'after: is no cursor of this service'));
      }
      const keys = await store.deviceKeys.ofAccount(accountId);
      const rows = await store.decisions.listAfter(accountId, position, limit + 1);
      const items = rows.map((row) => ({ row, position: row.position, bytes: bytesOf(row) }));
      const room = MAX_BODY_BYTES - ENVELOPE_BYTES - JSON.stringify(keys).length;
      const page = cutPage(items, position, limit, room);
      return {
        entries: page.items.map(({ row }) => pulledEntryOf(row)),
        keys: [...keys],
        flags: { optOutSignal: await store.decisions.hasStandingSignal(accountId) },
        cursor: cursorAt(page.upTo),
        more: page.more,
      };
    },
  );
}
