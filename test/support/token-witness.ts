import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A loopback server in front of the real one that passes everything on and remembers the tokens it gave out. */
export interface TokenWitness {
  readonly url: string;
  /** Every session token that has passed, in order. */
  tokens(): readonly string[];
  stop(): Promise<void>;
}

export async function startTokenWitness(targetUrl: string): Promise<TokenWitness> {
  const tokens: string[] = [];
  const server = createServer((incoming, answer) => {
    const { method = 'GET', headers, url = '' } = incoming;
    const outgoing = request(`${targetUrl}${url}`, { headers, method }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      if (method === 'POST' && url.endsWith('/v1/sessions')) {
        let body = '';
        reply.on('data', (part: Buffer) => (body += part.toString()));
        reply.on('end', () => {
          const token = /"token":"([A-Za-z0-9_-]{43})"/.exec(body)?.[1];
          if (token !== undefined) tokens.push(token);
        });
      }
      reply.pipe(answer);
    });
    outgoing.on('error', () => answer.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    tokens: () => tokens,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
