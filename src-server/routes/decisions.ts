import { MAX_BODY_BYTES, pulledSchema, pullQuerySchema } from '../../src-shared/api-contract.js';
import { bearsOptOutSignal } from '../../src-shared/gpc.js';
import { sessionOf } from '../auth/require-session.js';
import type { ServiceContext } from '../context.js';
import { cursorAt, placeOf, readCursor } from '../decisions/cursor.js';
import { cutPage } from '../decisions/page.js';
import { bytesOf, pulledEntryOf } from '../decisions/pulled-entry.js';
import { BEARER, problems, OF_A_SESSION } from '../http/openapi.js';
import { ProblemError, problemOf } from '../http/problem.js';
import type { Scope } from '../http/scope.js';

/** Room for everything of an answer that is neither an entry nor a key, in bytes. */
const ENVELOPE_BYTES = 1024;

/** Decisions as every device of the account reads them. */
export function addDecisionRoutes(scope: Scope, context: ServiceContext): void {
  const { store } = context;
  scope.get(
    '/v1/decisions',
    {
      schema: {
        operationId: 'pullDecisions',
        summary: 'The decisions of the account in order of arrival, a page at a time',
        security: BEARER,
        querystring: pullQuerySchema,
        response: {
          200: pulledSchema,
          ...problems('bad-request', 'cursor-expired', ...OF_A_SESSION),
        },
      },
    },
    async (request) => {
      const { account_id: accountId } = sessionOf(request);
      const { after: cursor = '', limit } = request.query;
      const read = readCursor(store.feed, cursor);
      if (read.kind === 'none') {
        throw new ProblemError(problemOf('bad-request', 'after: is no cursor of this service'));
      }
      if (read.kind === 'expired') throw new ProblemError(problemOf('cursor-expired'));
      const after = read.kind === 'place' ? read.place : null;
      const rows = await store.decisions.listAfter(accountId, after, limit + 1);
      if (rows === 'expired') throw new ProblemError(problemOf('cursor-expired'));
      // Read after the entries, so that no entry comes without the key that was brought just before it.
      const keys = await store.deviceKeys.ofAccount(accountId);
      const items = rows.map((row) => ({ row, position: row.position, bytes: bytesOf(row) }));
      const room = MAX_BODY_BYTES - ENVELOPE_BYTES - JSON.stringify(keys).length;
      const page = cutPage(items, after?.position ?? 0, limit, room);
      const last = page.items.at(-1);
      return {
        entries: page.items.map(({ row }) => pulledEntryOf(row)),
        keys: [...keys],
        flags: {
          optOutSignal:
            bearsOptOutSignal(request.headers['sec-gpc']) ||
            (await store.decisions.hasStandingSignal(accountId)),
        },
        cursor: cursorAt(store.feed, last ? placeOf(last.row) : after),
        more: page.more,
      };
    },
  );
}
