import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A site on loopback that answers everything with a page, and remembers what it was asked for. */
export interface ForeignSite {
  /** Without a slash at the end. */
  readonly origin: string;
  readonly paths: () => readonly string[];
  close(): Promise<void>;
}

export async function startForeignSite(): Promise<ForeignSite> {
  const paths: string[] = [];
  const server = createServer(({ url = '' }, answer) => {
    paths.push(url);
    answer.writeHead(200, { 'content-type': 'text/html' }).end('<title>foreign</title><h1>x</h1>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths: () => paths,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
