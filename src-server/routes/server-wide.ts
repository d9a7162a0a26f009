import { z } from 'zod';
import { problems } from '../http/openapi.js';
import type { Scope } from '../http/scope.js';
import { sendDocument } from '../http/send-document.js';
import { documentOf } from '../services/document.js';
import type { Store } from '../store/store.js';

/** The day the statement below was made, which fixes the meaning of the signal at that day (GPC, section on the support resource). */
const GPC_SINCE = '2026-11-22';

const okSchema = z.object({ status: z.literal('ok') });
const gpcSchema = z.object({ gpc: z.boolean(), lastUpdate: z.iso.date() });

/** The calls about the server as a whole: is it alive, can it work, does it honour Global Privacy Control. */
export function addServerWideRoutes(scope: Scope, store: Store): void {
  scope.get(
    '/healthz',
    {
      schema: {
        operationId: 'getHealth',
        summary: 'The process is alive',
        response: { 200: okSchema, ...problems() },
      },
    },
    (_request, reply) => {
      void reply.send({ status: 'ok' });
    },
  );
  scope.get(
    '/readyz',
    {
      schema: {
        operationId: 'getReadiness',
        summary: 'The process can work: its database answers',
        response: { 200: okSchema, ...problems() },
      },
    },
    async () => {
      await store.prove();
      return { status: 'ok' as const };
    },
  );
  const gpc = documentOf(gpcSchema.parse({ gpc: true, lastUpdate: GPC_SINCE }));
  scope.get(
    '/.well-known/gpc.json',
    {
      schema: {
        operationId: 'getGpcSupport',
        summary: 'That Global Privacy Control is honoured, and since when',
        response: { 200: gpcSchema, 304: z.undefined().describe('Unchanged.'), ...problems() },
      },
    },
    async (request, reply) => sendDocument(request, reply, gpc),
  );
}
