import type { FastifyInstance } from 'fastify';
import { problemOf } from './problem.js';
import { sendProblem } from './send-problem.js';

/** A route as far as "which methods does this path take?" goes; `:name` in the pattern stands for any segment. */
interface Route {
  readonly method: string;
  readonly pattern: string;
}

/** Answers what no route takes: 405 with `Allow` where the path has other methods, else 404. Has to come before the routes. */
export function answerNotFound(app: FastifyInstance): void {
  const routes: Route[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, pattern: url });
  });
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsOf(routes, request.url.split('?')[0] ?? '');
    if (allowed.length === 0) {
      sendProblem(reply, problemOf('not-found'));
      return;
    }
    const allow = allowed.join(', ');
    sendProblem(reply, problemOf('bad-request', `This path takes ${allow}.`, 405), {
      allow,
    });
  });
}

/** The methods that routes with this path take, in alphabetical order. */
export function methodsOf(routes: readonly Route[], path: string): string[] {
  const segments = path.split('/');
  const methods = routes
    .filter(({ pattern }) => fits(pattern.split('/'), segments))
    .map(({ method }) => method);
  return [...new Set(methods)].toSorted();
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  if (pattern.length !== segments.length) return false;
  return pattern.every((part, index) =>
    part.startsWith(':') ? segments[index] !== '' : part === segments[index],
  );
}
