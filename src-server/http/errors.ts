import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { isGone, isUnavailable } from '../store/failures.js';
import { describeIssues } from './issues.js';
import type { Metrics } from './metrics.js';
import { ProblemError, problemOf, retryAfter } from './problem.js';
import { sendProblem } from './send-problem.js';

/** How long a client is asked to wait when the store cannot be reached, in milliseconds. */
const STORE_RETRY_MS = 5000;

/** How whatever was thrown is answered: with a problem; and what nobody foresaw is logged. */
export function createErrorAnswer(metrics: Pick<Metrics, 'storeFailed'>) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    if (isUnavailable(error)) metrics.storeFailed();
    const { problem, headers } = problemFor(error);
    if (problem.status >= 500) request.log.error({ reqId: request.id, err: error }, problem.type);
    sendProblem(reply, problem, headers);
  };
}

/** The problem that an error is answered with. Nothing of an unforeseen error goes outward. */
function problemFor(error: FastifyError): Pick<ProblemError, 'problem' | 'headers'> {
  if (error instanceof ProblemError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map(({ instancePath, message }) => ({
      path: instancePath.split('/').slice(1),
      message: message ?? 'is not valid',
    }));
    return new ProblemError(problemOf('bad-request', describeIssues(issues)));
  }
  if (isUnavailable(error)) {
    const headers = { 'retry-after': retryAfter(STORE_RETRY_MS) };
    return new ProblemError(problemOf('unavailable'), headers);
  }
  // The account was erased while it was being written for.
  if (isGone(error)) return new ProblemError(problemOf('session-missing'));
  const status = error.statusCode ?? 500;
  if (status === 413) return new ProblemError(problemOf('body-too-large'));
  if (status >= 400 && status < 500) {
    return new ProblemError(problemOf('bad-request', undefined, status));
  }
  return new ProblemError(problemOf('internal'));
}
