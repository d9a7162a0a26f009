import swagger from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  entrySchema,
  MAX_ENTRIES_PER_REQUEST,
  problemSchema,
  pushSchema,
  type ProblemType,
} from '../../src-shared/api-contract.js';
import { problemOf, statusOf } from './problem.js';
import type { Scope } from './scope.js';
import { sendDocument } from './send-document.js';
import { PROBLEM_MEDIA_TYPE } from './send-problem.js';
import { documentOf } from '../services/document.js';

/** For calls that need a session; the name is that of the scheme below. */
export const BEARER = [{ session: [] }];

/** A push validates its entries one by one after the body, but a reader of the document wants to know what they are. */
const documentedPush = z.object({
  entries: z.array(entrySchema).min(1).max(MAX_ENTRIES_PER_REQUEST),
});

/** What the document says about its calls as a whole. */
export interface About {
  readonly title: string;
  /** Path that the calls are mounted under; empty for none. */
  readonly basePath: string;
}

/** Describes every route that is added to `scope` after this, at `openapi.json` (OpenAPI 3.1). */
export async function describeCalls(scope: Scope, { title, basePath }: About): Promise<void> {
  await scope.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version: '1' },
      servers: [{ url: basePath || '/' }],
      components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    },
    transform: (input) => {
      if (!('openapiObject' in input)) return input;
      const isPush = input.schema.body === pushSchema;
      const schema = isPush ? { ...input.schema, body: documentedPush } : input.schema;
      return jsonSchemaTransform({ ...input, schema });
    },
  });
  scope.get('/openapi.json', { schema: { hide: true } }, async (request, reply) =>
    sendDocument(request, reply, documentOf(scope.swagger())),
  );
}

/**
 * The answers of a call that are problems, for the document. Typed as a bare object, because they are sent by the error
 * handler and so must not widen what the handler of the call may send.
 */
export function problems(...types: readonly ProblemType[]): object {
  const all: readonly ProblemType[] = [...types, 'unavailable', 'internal'];
  const statuses = [...new Set(all.map(statusOf))];
  return Object.fromEntries(
    statuses.map((status) => {
      const those = all.filter((type) => statusOf(type) === status);
      const description = those.map((type) => `\`${type}\`: ${problemOf(type).title}`).join(' ');
      return [
        status,
        { description, content: { [PROBLEM_MEDIA_TYPE]: { schema: problemSchema } } },
      ];
    }),
  );
}
