import swagger from '@fastify/swagger';
import { problemSchema, pushSchema, type ProblemType } from '../../src-shared/api-contract.js';
import { documentOf } from '../services/document.js';
import { documentedPreference, documentedPush, toDocumented } from './openapi-schemas.js';
import { problemOf, statusOf } from './problem.js';
import type { Scope } from './scope.js';
import { sendDocument } from './send-document.js';
import { PROBLEM_MEDIA_TYPE } from './send-problem.js';

/** For calls that need a session; the name is that of the scheme below. */
export const BEARER = [{ session: [] }];
/** For calls that may come without a session as well. */
export const MAYBE_BEARER = [{ session: [] }, {}];
/** For calls that take no token. */
export const NO_TOKEN: Record<string, string[]>[] = [];
/** What a call with a token may be refused for, whatever it is about. */
export const OF_A_SESSION = [
  'session-missing',
  'session-expired',
  'session-ended',
  'too-many-requests',
] as const;

/** What the document says about its calls as a whole. */
export interface About {
  readonly title: string;
  /** Path that the calls are mounted under; empty for none. */
  readonly basePath: string;
  readonly description: string;
  /** Whether some of the calls take a token. */
  readonly hasSessions: boolean;
}

/** Describes every route that is added to `scope` after this, at `openapi.json` (OpenAPI 3.1). */
export async function describeCalls(scope: Scope, about: About): Promise<void> {
  const { title, description, basePath, hasSessions } = about;
  const session = {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of a session of this very service, from `signIn`.',
  } as const;
  await scope.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, description, version: '1' },
      servers: [{ url: basePath || '/' }],
      ...(hasSessions ? { components: { securitySchemes: { session } } } : {}),
    },
    transform: (input) => {
      if (!('openapiObject' in input)) return input;
      const isPush = input.schema.body === pushSchema;
      const documented = { body: documentedPush, headers: documentedPreference };
      const schema = isPush ? { ...input.schema, ...documented } : input.schema;
      return toDocumented({ ...input, schema });
    },
  });
  scope.get('/openapi.json', { schema: { hide: true } }, async (request, reply) =>
    sendDocument(request, reply, documentOf(scope.swagger())),
  );
}

/** A kind of problem, with its status where the call answers with another one than usual. */
type Described = ProblemType | { readonly type: ProblemType; readonly status: number };

/**
 * The answers of a call that are problems, for the document. Typed as a bare object, because they are sent by the error
 * handler and so must not widen what the handler of the call may send.
 */
export function problems(...types: readonly Described[]): object {
  const all = [...types, 'unavailable' as const, 'internal' as const].map((one) =>
    typeof one === 'string' ? { type: one, status: statusOf(one) } : one,
  );
  const statuses = [...new Set(all.map(({ status }) => status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const those = all.filter((one) => one.status === status);
      const titles = those.map(({ type }) => `\`${type}\`: ${problemOf(type).title}`);
      const content = { [PROBLEM_MEDIA_TYPE]: { schema: problemSchema } };
      return [status, { description: titles.join(' '), content }];
    }),
  );
}
