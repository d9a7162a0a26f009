import { z } from 'zod';
import { policyAnswerSchema, policyQuerySchema } from '../../src-shared/api-contract.js';
import { manifestSchema } from '../../src-shared/manifest.js';
import type { ServiceContext } from '../context.js';
import { NO_TOKEN, problems } from '../http/openapi.js';
import { ProblemError, problemOf } from '../http/problem.js';
import type { Scope } from '../http/scope.js';
import { sendDocument } from '../http/send-document.js';

const notModified = z.undefined().describe('What you have is what would be sent.');

/** What a service publishes: its manifest and its policy texts. Needs no session. */
export function addDocumentRoutes(scope: Scope, { service }: ServiceContext): void {
  scope.get(
    '/manifest',
    {
      schema: {
        operationId: 'getManifest',
        summary: 'The service profile',
        security: NO_TOKEN,
        response: { 200: manifestSchema, 304: notModified, ...problems() },
      },
    },
    async (request, reply) => sendDocument(request, reply, service.manifest),
  );
  scope.get(
    '/policy',
    {
      schema: {
        operationId: 'getPolicy',
        summary: 'A policy text: the version asked for, else the newest published one',
        security: NO_TOKEN,
        querystring: policyQuerySchema,
        response: {
          200: policyAnswerSchema,
          304: notModified,
          ...problems('bad-request', 'not-found'),
        },
      },
    },
    async (request, reply) => {
      const document = service.policy(request.query.version, request.query.lang);
      if (!document) throw new ProblemError(problemOf('not-found'));
      return sendDocument(request, reply, document);
    },
  );
}
