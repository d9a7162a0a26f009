import { z } from 'zod';
import { serverKeysSchema } from '../../src-shared/ledger/keys.js';
import { NO_TOKEN, problems } from '../http/openapi.js';
import type { Scope } from '../http/scope.js';
import { sendDocument } from '../http/send-document.js';
import { publicPartOf } from '../keys/signing-key.js';
import { documentOf } from '../services/document.js';
import type { Store } from '../store/store.js';

/** The day the statement below was made, which fixes the meaning of the signal at that day (GPC, section on the support resource). */
const GPC_SINCE = '2026-11-22';

const okSchema = z.object({ status: z.literal('ok') });
const gpcSchema = z.object({ gpc: z.boolean(), lastUpdate: z.iso.date() });

/** How long the keys may be kept, in seconds: short, so that a new one is soon known. */
const KEYS_MAX_AGE_S = 60;

/** The calls about the server as a whole: is it alive, can it work, its keys, does it honour Global Privacy Control. */
export function addServerWideRoutes(scope: Scope, store: Store): void {
  scope.get(
    '/healthz',
    {
      schema: {
        operationId: 'getHealth',
        summary: 'The process is alive',
        security: NO_TOKEN,
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
        security: NO_TOKEN,
        response: { 200: okSchema, ...problems() },
      },
    },
    async () => {
      await store.prove();
      return { status: 'ok' as const };
    },
  );
  scope.get(
    '/.well-known/jwks.json',
    {
      schema: {
        operationId: 'getKeys',
        summary: 'The public keys that receipts are signed with, retired ones too (RFC 7517)',
        security: NO_TOKEN,
        response: { 200: serverKeysSchema, ...problems() },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', `public, max-age=${KEYS_MAX_AGE_S}`);
      return { keys: (await store.signingKeys.list()).map(publicPartOf) };
    },
  );
  const gpc = documentOf(gpcSchema.parse({ gpc: true, lastUpdate: GPC_SINCE }));
  scope.get(
    '/.well-known/gpc.json',
    {
      schema: {
        operationId: 'getGpcSupport',
        summary: 'That Global Privacy Control is honoured, and since when',
        security: NO_TOKEN,
        response: { 200: gpcSchema, 304: z.undefined().describe('Unchanged.'), ...problems() },
      },
    },
    async (request, reply) => sendDocument(request, reply, gpc),
  );
}
