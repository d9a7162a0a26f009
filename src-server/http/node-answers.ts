import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { ProblemError, problemOf } from './problem.js';
import { PROBLEM_MEDIA_TYPE } from './send-problem.js';

/** Options for the server of `node:http`, which would else answer a request without `Host` by itself and without a body. */
export const HTTP_OPTIONS = { requireHostHeader: false };

/** Gives the form of a problem to what Node would answer before a request gets here. */
export function answerForNode(app: FastifyInstance): void {
  app.server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const problem = problemOf('bad-request', 'Nothing but 100-continue can be expected.', 417);
    const headers = { 'content-type': PROBLEM_MEDIA_TYPE, 'cache-control': 'no-store' };
    response.writeHead(417, { ...headers, connection: 'close' }).end(JSON.stringify(problem));
  });
  app.addHook('onRequest', (request, _reply, done) => {
    // RFC 9112, section 3.2.
    const isMissing = request.raw.httpVersion === '1.1' && request.headers.host === undefined;
    done(isMissing ? new ProblemError(problemOf('bad-request', 'Host: is missing')) : undefined);
  });
}
