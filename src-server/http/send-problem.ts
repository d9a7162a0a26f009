import type { FastifyReply } from 'fastify';
import type { Problem } from '../../src-shared/api-contract.js';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Answers with a problem, whatever schema the call's good answers have. */
export function sendProblem(
  reply: FastifyReply,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
): void {
  // RFC 9110, section 15.5.2: a 401 says by which scheme one may come in.
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  void reply
    .code(problem.status)
    // Said here too, because no hook runs for a path that cannot even be decoded.
    .headers({ 'cache-control': 'no-store', ...headers })
    .type(PROBLEM_MEDIA_TYPE)
    .send(JSON.stringify(problem));
}
