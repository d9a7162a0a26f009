import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { hostilePage } from './page.js';

/** The hostile service's own site, and the address under which Sayso looks for its services. */
export interface HostileSite {
  readonly origin: string;
  /** How often a page has said that it tried everything. */
  readonly tried: () => number;
  /** The headers of the latest request for the page. */
  readonly headers: () => Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

/** @param hosts what the page tries to reach. */
export async function startHostileSite(hosts: readonly string[]): Promise<HostileSite> {
  let tried = 0;
  let headers: Readonly<Record<string, unknown>> = {};
  const server: Server = createServer(({ url = '/', headers: asked }, answer) => {
    const { pathname, searchParams, search } = new URL(url, 'http://site');
    if (pathname === '/hostile/') {
      headers = asked;
      answer
        .writeHead(200, {
          'content-type': 'text/html',
          'set-cookie': 'undeclared_by_server=1; Path=/',
        })
        .end(hostilePage(hosts));
    } else if (pathname === '/hostile/redirect') {
      answer.writeHead(302, { location: searchParams.get('to') ?? '/' }).end();
    } else if (pathname === '/hostile/worker.js') {
      const target = decodeURIComponent(search.slice(1));
      answer
        .writeHead(200, { 'content-type': 'text/javascript' })
        .end(`fetch(${JSON.stringify(target)}, { mode: 'no-cors' }).catch(() => {});`);
    } else {
      if (pathname === '/hostile/tried') tried += 1;
      answer.writeHead(404, { 'content-type': 'text/plain' }).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tried: () => tried,
    headers: () => headers,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
