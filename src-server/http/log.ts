import { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { EVENT_MEDIA_TYPE } from '../events/format.js';
import type { Metrics } from './metrics.js';

const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);

/** Where log lines go, one JSON object a line. */
export interface LogStream {
  write(line: string): void;
}

/**
 * Logger settings. Headers, bodies, queries and paths as they were sent are never handed to the logger; redaction is the
 * second fence, should something carry them all the same.
 */
export function logOptions(
  stream: LogStream,
): Required<Pick<FastifyServerOptions, 'logger' | 'logController'>> {
  const secret = ['authorization', 'token', 'password', 'handle', 'email'];
  const paths = secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return {
    logger: {
      level: 'info',
      stream,
      redact: { paths, censor: '[redacted]' },
      serializers: {
        // The framework's own form holds the address as it was sent.
        req: ({ method }) => ({ method }),
        // Of an error only what describes it: other members may hold what somebody sent.
        err: describeError,
      },
    },
    // The framework's own lines per request hold the address; `logAnswers` writes ours.
    logController: new LogController({ disableRequestLogging: true }),
  };
}

/** One line per answered request: what was called, by its pattern, with what outcome and in what time; and its metrics. */
export function logAnswers(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const answer = {
      method: methodOf(request.method),
      // The pattern and not the path, because a stranger may put anything into a path.
      route: request.routeOptions.url ?? '(none)',
      status: reply.statusCode,
      tookMs: Math.round(reply.elapsedTime * 10) / 10,
    };
    request.log.info(answer, 'answered');
    metrics.answered(answer, request.routeOptions.config.mediaType === EVENT_MEDIA_TYPE);
  });
}

/** A stranger may also make methods up, and each would be a series of its own. */
function methodOf(method: string): string {
  return KNOWN_METHODS.has(method) ? method : 'OTHER';
}

function describeError(error: Error) {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { type: error.name, code, message: error.message, stack: error.stack ?? '' };
}
