import type { FastifyInstance } from 'fastify';
import { ProblemError, problemOf } from './problem.js';
import { PROBLEM_MEDIA_TYPE } from './send-problem.js';

/**
 * Whether an `Accept` header lets one of `offered` through (RFC 9110, section 12.5.1). Weights only matter where they are 0,
 * since no call offers a choice. A header that cannot be read asks for nothing in particular.
 * @param offered media types in lower case, without parameters.
 */
export function accepts(header: string | undefined, offered: readonly string[]): boolean {
  // What almost every client sends, and on every call.
  if (header === undefined || header === '*/*') return true;
  const ranges = header.split(',').flatMap((part) => {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const isRefused = parameters.some((text) => /^q=0(\.0*)?$/.test(text));
    return /^[^\s/]+\/[^\s/]+$/.test(range) ? [{ range, isRefused }] : [];
  });
  if (ranges.length === 0) return true;
  return offered.some((type) => {
    const fitting = ranges
      .filter(({ range }) => [type, `${type.split('/')[0]}/*`, '*/*'].includes(range))
      // The one that names it most exactly counts.
      .toSorted((a, b) => stars(a.range) - stars(b.range));
    return fitting[0]?.isRefused === false;
  });
}

const JSON_TYPES = ['application/json', PROBLEM_MEDIA_TYPE];

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the call answers with, where that is not JSON. */
    readonly mediaType?: string;
  }
}

/** Answers 406 where a client takes nothing that a call answers with. */
export function answerNotAcceptable(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { url, config } = request.routeOptions;
    const { mediaType } = config;
    const offered = mediaType === undefined ? JSON_TYPES : [mediaType];
    if (url === undefined || accepts(request.headers.accept, offered)) {
      done();
      return;
    }
    const detail = `This call answers with ${offered[0] ?? ''}.`;
    done(new ProblemError(problemOf('bad-request', detail, 406)));
  });
}

function stars(range: string): number {
  return range.split('*').length - 1;
}
