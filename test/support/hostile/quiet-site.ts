import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service's own site that does nothing by itself: the test stores through its page what it likes. */
export interface QuietSite {
  readonly origin: string;
  /** The headers of every request for the page, oldest first. */
  readonly asked: () => readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

/** Answers every path with an empty page, and everything that Sayso itself asks with "not here". */
export async function startQuietSite(): Promise<QuietSite> {
  const asked: Readonly<Record<string, unknown>>[] = [];
  const server = createServer(({ url = '/', headers }, answer) => {
    if (!url.endsWith('/')) {
      answer.writeHead(404, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    asked.push(headers);
    answer
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>site</title>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => [...asked],
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
