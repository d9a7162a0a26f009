import { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { EVENT_MEDIA_TYPE } from '../events/format.js';
import type { Metrics } from './metrics.js';

/** The level of a line that only tells what was done, as the logger numbers it. */
const INFO = 30;
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
): Required<Pick<FastifyServerOptions, 'logger' | 'logController' | 'childLoggerFactory'>> {
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
    // A logger for each request would be made for nothing: its id is said where something goes wrong.
    childLoggerFactory: (logger) => logger,
  };
}

/**
 * One line per answered request: what was called, by its pattern, with what outcome and in what time; and its metrics. The line
 * has no member that a logger would have to look into for secrets, so it is written without one.
 */
export function logAnswers(
  app: FastifyInstance,
  { metrics, stream, nowMs }: { metrics: Metrics; stream: LogStream; nowMs: () => number },
): void {
  app.addHook('onResponse', (request, reply, done) => {
    const answer = {
      method: methodOf(request.method),
      // The pattern and not the path, because a stranger may put anything into a path.
      route: request.routeOptions.url ?? '(none)',
      status: reply.statusCode,
      tookMs: Math.round(reply.elapsedTime * 10) / 10,
    };
    const line = { level: INFO, time: nowMs(), reqId: request.id, ...answer, msg: 'answered' };
    stream.write(`${JSON.stringify(line)}\n`);
    metrics.answered(answer, request.routeOptions.config.mediaType === EVENT_MEDIA_TYPE);
    done();
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
