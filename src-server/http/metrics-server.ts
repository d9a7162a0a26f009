import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { problemOf } from './problem.js';
import { PROBLEM_MEDIA_TYPE } from './send-problem.js';

/** A listener for metrics alone. */
export interface MetricsServer {
  /** Where they are, such as `http://127.0.0.1:PORT/metrics`. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Serves `GET /metrics` in the text form of Prometheus on a port of its own, on loopback: what runs the server is nothing
 * for those who use it.
 * @param port 0 for any free one.
 * @throws when the port cannot be had.
 */
export async function serveMetrics(registry: Registry, port: number): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const isMetrics = request.url?.split('?')[0] === '/metrics';
    if (!isMetrics || (request.method !== 'GET' && request.method !== 'HEAD')) {
      const problem = isMetrics
        ? problemOf('bad-request', 'This path takes GET, HEAD.', 405)
        : problemOf('not-found');
      const allow = isMetrics ? { allow: 'GET, HEAD' } : {};
      response.writeHead(problem.status, { 'content-type': PROBLEM_MEDIA_TYPE, ...allow });
      response.end(JSON.stringify(problem));
      return;
    }
    registry.metrics().then(
      (text) => {
        const headers = { 'content-type': registry.contentType, 'cache-control': 'no-store' };
        response.writeHead(200, headers).end(text);
      },
      () => response.writeHead(500).end(),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: chosen } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${chosen}/metrics`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
